//! A question whose long answer two threads share: the source reads ahead on one, the walk takes in on the other.
//!
//! A short answer costs no thread. Records arrive in the source's order, and no more than a few megabytes of them wait.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use crate::error::{Error, Kind, Result};
use crate::record::{Record, Value};
use crate::source::{Coverage, Found, Question, Source};

/// How many records travel together, at most …
const RECORDS: usize = 256;
/// … and about how many bytes.
const BYTES: usize = 1 << 20;
/// How many such batches may wait.
const WAITING: usize = 2;

/// What is done with a record.
pub(super) type Take<'a> = dyn FnMut(Found) -> Result<()> + Send + 'a;

/// Asks the question, and gives `take` every record of the answer. An error of `take` ends the search and is returned.
pub(super) fn search(source: &mut dyn Source, question: &Question<'_>, take: &mut Take<'_>) -> Result<Coverage> {
    std::thread::scope(|scope| {
        let mut relay = Relay { scope, take: Some(take), taker: None, batch: Vec::new(), bytes: 0 };
        let answer = source.search(question, &mut |found| relay.add(found));
        relay.end(answer)
    })
}

/// One answer under way.
struct Relay<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    /// Until the taker has a thread of its own.
    take: Option<&'scope mut Take<'scope>>,
    taker: Option<Taker<'scope>>,
    batch: Vec<Found>,
    bytes: usize,
}

/// The way to the taker, and its thread.
type Taker<'scope> = (SyncSender<Vec<Found>>, ScopedJoinHandle<'scope, Result<()>>);

impl Relay<'_, '_> {
    fn add(&mut self, found: Found) -> Result<()> {
        self.bytes += size(&found.record);
        self.batch.push(found);
        match self.batch.len() >= RECORDS || self.bytes >= BYTES {
            true => self.pass(),
            false => Ok(()),
        }
    }

    /// Sends the batch on its way; the first starts the thread.
    fn pass(&mut self) -> Result<()> {
        if let Some(take) = self.take.take() {
            let (send, batches) = sync_channel::<Vec<Found>>(WAITING);
            let work = move || batches.into_iter().flatten().try_for_each(take);
            let thread = std::thread::Builder::new().name("find".into()).spawn_scoped(self.scope, work);
            let thread = thread.map_err(|e| Error::new(Kind::Machine, format!("cannot start a thread: {e}")))?;
            self.taker = Some((send, thread));
        }
        self.bytes = 0;
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(RECORDS));
        // It only stops listening when it has failed; `end` then asks why.
        let stopped = || Error::bug("the thread that takes in what is found has stopped");
        self.taker.as_ref().map_or(Ok(()), |(send, _)| send.send(batch).map_err(|_| stopped()))
    }

    /// Takes in what still waits. A failure of the taker is why the source was told to stop, and comes first.
    fn end(mut self, mut answer: Result<Coverage>) -> Result<Coverage> {
        if let Some(take) = self.take.take() {
            let coverage = answer?;
            self.batch.into_iter().try_for_each(take)?;
            return Ok(coverage);
        }
        if answer.is_ok()
            && let Err(error) = self.pass()
        {
            answer = Err(error);
        }
        if let Some((send, thread)) = self.taker {
            drop(send);
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        answer
    }
}

/// Reads on a thread of its own and takes on this one, in order. An error of `take` ends the reading and is returned.
pub(super) fn ahead<T: Send>(
    read: impl FnOnce(&mut dyn FnMut(T) -> Result<()>) -> Result<()> + Send,
    size: &(dyn Fn(&T) -> usize + Sync),
    take: &mut dyn FnMut(T) -> Result<()>,
) -> Result<()> {
    let (send, batches) = sync_channel::<Vec<T>>(WAITING);
    let work = move || {
        let (mut batch, mut bytes) = (Vec::with_capacity(RECORDS), 0);
        // It only stops listening when taking has failed, which is then what is told.
        let stopped = || Error::bug("what is read ahead is not taken any more");
        read(&mut |item| {
            bytes += size(&item);
            batch.push(item);
            if batch.len() < RECORDS && bytes < BYTES {
                return Ok(());
            }
            bytes = 0;
            let full = std::mem::replace(&mut batch, Vec::with_capacity(RECORDS));
            send.send(full).map_err(|_| stopped())
        })?;
        send.send(batch).map_err(|_| stopped())
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("find".into()).spawn_scoped(scope, work);
        let thread = thread.map_err(|e| Error::new(Kind::Machine, format!("cannot start a thread: {e}")))?;
        batches.into_iter().flatten().try_for_each(take)?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// About how much memory a record's contents take.
pub(super) fn size(record: &Record) -> usize {
    fn of(value: &Value) -> usize {
        match value {
            Value::Text(text) | Value::Decimal(text) | Value::Native { text, .. } => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            Value::List(items) => items.iter().map(of).sum(),
            Value::Object(members) => members.iter().map(|(name, value)| name.len() + of(value)).sum(),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => 0,
        }
    }
    record.values.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Schema;

    /// A source that answers with so many records, and counts how many it gave.
    struct Counting(usize, usize);

    impl Source for Counting {
        fn schema(&mut self) -> Result<Schema> {
            Ok(Schema::default())
        }

        fn search(&mut self, _: &Question<'_>, sink: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
            for i in 0..self.0 {
                self.1 += 1;
                let record = Record::new(["n".to_owned()].into(), vec![Value::Int(i as i128)]);
                sink(Found { record, line: None })?;
            }
            Ok(Coverage { read_all: Some("whole".into()), problems: Vec::new() })
        }

        fn all(&mut self, _: &str, _: &mut dyn FnMut(Found) -> Result<()>) -> Result<Coverage> {
            Ok(Coverage::default())
        }

        fn sample(&mut self, _: &str, _: usize) -> Result<Vec<Record>> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn every_record_arrives_once_and_in_order_however_many_there_are() {
        for many in [0, 1, RECORDS - 1, RECORDS, RECORDS + 1, 10 * RECORDS, 10 * RECORDS + 7] {
            let (mut source, mut seen) = (Counting(many, 0), Vec::new());
            let question = Question { collection: "c", probes: Vec::new() };
            let answer = search(&mut source, &question, &mut |found| {
                seen.push(found.record.values[0].show());
                Ok(())
            });
            assert_eq!(answer.map(|c| c.read_all), Ok(Some("whole".into())));
            assert_eq!(seen, (0..many).map(|i| i.to_string()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_read_ahead_arrives_once_and_in_order_and_either_side_may_fail() {
        let read = |many: usize, fails: bool| {
            move |give: &mut dyn FnMut(usize) -> Result<()>| {
                (0..many).try_for_each(give)?;
                if fails { Err(Error::failed("unreadable")) } else { Ok(()) }
            }
        };
        for many in [0, 1, RECORDS, RECORDS + 1, 5 * RECORDS + 3] {
            let mut seen = Vec::new();
            let took = ahead(read(many, false), &|_| 1, &mut |n| {
                seen.push(n);
                Ok(())
            });
            assert_eq!((took, seen), (Ok(()), (0..many).collect()));
            let took = ahead(read(many, true), &|_| 1, &mut |_| Ok(()));
            assert_eq!(took.map_err(|e| e.message), Err("unreadable".to_owned()));
        }
        let took =
            ahead(read(1_000_000, false), &|_| 1, &mut |n| if n == 300 { Err(Error::failed("full")) } else { Ok(()) });
        assert_eq!(took.map_err(|e| e.message), Err("full".to_owned()));
    }

    #[test]
    fn a_failure_of_the_taker_ends_the_search_and_is_what_is_told() {
        for last in [0, 5, RECORDS, 3 * RECORDS] {
            let (mut source, mut n) = (Counting(1_000_000, 0), 0);
            let question = Question { collection: "c", probes: Vec::new() };
            let answer = search(&mut source, &question, &mut |_| {
                n += 1;
                if n > last { Err(Error::failed("full")) } else { Ok(()) }
            });
            assert_eq!(answer.map(|_| ()).map_err(|e| e.message), Err("full".to_owned()));
            assert!(source.1 <= last + (WAITING + 3) * RECORDS, "{} after {last}", source.1);
        }
    }
}
