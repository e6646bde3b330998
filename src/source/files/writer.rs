//! The writing trait over files of one format. Nothing on disk changes before `commit`, which replaces file by file.

use super::format::Format;
use super::open::OpenFile;
use super::reader::{Member, find, members};
use super::replace::clear_leftovers;
use super::writing::Editing;
use crate::error::{Error, Result};
use crate::map::Address;
use crate::record::{Key, Record};
use crate::source::{Edit, Patch, Remains, Writer, Written};

/// Files of one format, for writing; each is locked against other writers.
pub struct FileWriter<F> {
    members: Vec<Member<Editing<F>>>,
    address: Address,
}

impl<F: Format + 'static> FileWriter<F> {
    /// Opens and locks them, and removes what an earlier run that was cut off has left beside them.
    pub fn open(address: &Address) -> Result<Box<dyn Writer>> {
        let members: Vec<Member<F>> = members(address)?;
        for table in members.iter().filter_map(|m| m.table.as_ref().ok()) {
            lock(table.file())?;
            clear_leftovers(table.file())?;
        }
        let editing = |m: Member<F>| Member { name: m.name, table: m.table.map(Editing::new) };
        Ok(Box::new(FileWriter { members: members.into_iter().map(editing).collect(), address: address.clone() }))
    }
}

impl<F: Format> FileWriter<F> {
    fn editing(&mut self, collection: &str) -> Result<&mut Editing<F>> {
        // The shared look-up has the words for what is wrong.
        find(&self.members, collection)?;
        let member = self.members.iter_mut().find(|m| m.name == collection);
        member.and_then(|m| m.table.as_mut().ok()).ok_or_else(|| Error::bug("a collection came and went"))
    }

    fn staged(&self) -> impl Iterator<Item = &Editing<F>> {
        self.members.iter().filter_map(|m| m.table.as_ref().ok()).filter(|e| e.staged.is_some())
    }

    /// Everything that may still fail before the first file is replaced.
    fn ready(&self) -> Result<()> {
        let mut seen = std::collections::BTreeSet::new();
        for editing in self.staged() {
            let file = editing.table.file();
            if !seen.insert(file.print.identity()) {
                return Err(Error::refused(format!("{} is in this source under two names", file.shown.display()))
                    .hint("remove one of the names; nothing was changed"));
            }
            if let Some(staged) = &editing.staged {
                staged.settle(file)?;
                let after = F::open(OpenFile::open(staged.path())?, &self.address)?;
                if !editing.table.same_layout(&after) {
                    return Err(Error::refused(format!(
                        "{} would be read differently after the change",
                        file.shown.display()
                    ))
                    .hint("name its delimiter and encoding in the map; nothing was changed"));
                }
            }
            if file.has_changed() {
                return Err(file.changed_error());
            }
        }
        Ok(())
    }
}

impl<F: Format> Writer for FileWriter<F> {
    fn lookup(
        &mut self,
        collection: &str,
        keys: &[&Key],
        sink: &mut dyn FnMut(usize, Record) -> Result<()>,
    ) -> Result<()> {
        self.editing(collection)?.lookup(keys, sink)
    }

    fn write(&mut self, edits: &[Edit<'_>]) -> Result<Written> {
        let mut collections: Vec<&str> = edits.iter().map(|e| e.collection).collect();
        collections.sort_unstable();
        collections.dedup();
        for collection in collections {
            let own: Vec<&Edit<'_>> = edits.iter().filter(|e| e.collection == collection).collect();
            self.editing(collection)?.edit(&own)?;
        }
        Ok(Written::default())
    }

    fn reverse(&mut self) -> Result<Option<Vec<Patch>>> {
        let written = self.members.iter().filter_map(|m| m.table.as_ref().ok().map(|editing| (&m.name, editing)));
        let patches = written.map(|(name, editing)| editing.reverse(name));
        Ok(Some(patches.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()))
    }

    fn take_back(&mut self, patch: &Patch) -> Result<bool> {
        self.editing(&patch.collection)?.take_back(patch)
    }

    fn commit(mut self: Box<Self>) -> Result<Remains> {
        self.ready()?;
        let mut done = 0;
        for member in &mut self.members {
            let Ok(editing) = &mut member.table else { continue };
            let Some(staged) = editing.staged.take() else { continue };
            staged.put(editing.table.file()).map_err(|error| match done {
                0 => error,
                n => {
                    error.hint(format!("{n} files of this source are already replaced; apply the plan again to finish"))
                }
            })?;
            done += 1;
        }
        Ok(Remains::default())
    }
}

fn lock(file: &OpenFile) -> Result<()> {
    match file.file.try_lock() {
        Ok(()) => Ok(()),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(Error::failed(format!("{} is being changed by another process", file.shown.display()))
                .hint("wait until it has finished, and run the command again"))
        }
        Err(std::fs::TryLockError::Error(e)) => Err(Error::io("lock", &file.shown, &e)),
    }
}
