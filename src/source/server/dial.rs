//! Connecting within the time that the address gives. Drivers count only until the network has answered: a server that then
//! says nothing would be waited for without end. Which driver it is, is not known here.

use std::sync::mpsc;

use super::{Host, Server};
use crate::error::{Error, Result};

/// Connects on a thread of its own, which is left alone when its time is over; `name` is the source's.
pub fn in_time<T: Send + 'static>(
    server: &Server,
    name: &str,
    dial: impl FnOnce(&Server, &str) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (tell, told) = mpsc::channel();
    let (there, called) = (server.clone(), name.to_owned());
    std::thread::spawn(move || tell.send(dial(&there, &called)));
    told.recv_timeout(server.settings.connect_timeout).unwrap_or_else(|_| {
        let place = match &server.host {
            Host::Tcp(host) => format!("{host}:{}", server.port),
            Host::Socket(path) => path.display().to_string(),
        };
        Err(Error::failed(format!("source {name}: cannot connect to {place}: it does not answer in time"))
            .hint("see whether it is the server that listens there, or raise connect_timeout in the address"))
    })
}
