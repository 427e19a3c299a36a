//! What a reverse proxy says of the reader whom it speaks for, and whether it is believed.

use std::net::IpAddr;

use http::HeaderMap;
use ipnet::IpNet;

/// The reader's address: the last one in `X-Forwarded-For` that is no trusted proxy's.
///
/// Whoever is not trusted is the reader, whatever she says: limits on guessing count by this address.
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| {
        let address = address.to_canonical();
        address.is_loopback() || trusted.iter().any(|net| net.contains(&address))
    };
    let mut client = peer;
    let said = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
    for hop in hops.iter().rev() {
        if !is_trusted(client) {
            break;
        }
        let Ok(address) = hop.parse() else { break };
        client = address;
    }
    client
}

/// Whether the reader came by https, as the proxy in front says.
///
/// Believed of everybody, as Ghost does: who lies here only spares herself a redirect.
pub fn came_by_https(headers: &HeaderMap) -> bool {
    let said = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(',').next().unwrap_or_default().trim().eq_ignore_ascii_case("https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().unwrap());
        headers.append("x-forwarded-for", "10.0.0.2".parse().unwrap());
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let seen =
            |peer: &str, trusted: &[IpNet]| client(peer.parse().unwrap(), &headers, trusted).to_string();
        assert_eq!(seen("192.0.2.1", &trusted), "192.0.2.1");
        assert_eq!(seen("127.0.0.1", &[]), "10.0.0.2");
        assert_eq!(seen("::ffff:127.0.0.1", &trusted), "198.51.100.7");
        headers.clear();
        headers.insert("x-forwarded-for", "not an address".parse().unwrap());
        assert_eq!(client("127.0.0.1".parse().unwrap(), &headers, &trusted).to_string(), "127.0.0.1");
    }
}
