//! What both groups of tests need.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// An address that nobody else gets. Every call has a loopback host of its own: a port that was free a moment ago could
/// be another server's, or the near end of somebody's connection, before the server of this test takes it.
pub fn own_address() -> SocketAddr {
    static HANDED_OUT: AtomicU16 = AtomicU16::new(1);
    let [high, low] = HANDED_OUT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let [.., process] = std::process::id().to_be_bytes();
    let host = Ipv4Addr::new(127, process.max(1), high, low);
    TcpListener::bind((host, 0)).unwrap().local_addr().unwrap()
}
