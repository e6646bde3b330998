//! Addresses of the internet, cut to their network: /24 of version 4, /48 of version 6. What is left is pseudonymised,
//! for who gave the address out can still tell a household.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Misfit, Spot};
use crate::record::Value;

/// The network of an address, or of each in a list with commas.
pub(super) fn truncate(spot: &Spot<'_>, old: &Value) -> Result<Value, Misfit> {
    let no_address = || "what stands there is no address of the internet".to_owned();
    match old {
        Value::Bytes(bytes) => match bytes.len() {
            4 => Ok(Value::Bytes([&bytes[..3], &[0]].concat())),
            16 => Ok(Value::Bytes([&bytes[..6], &[0; 10]].concat())),
            _ => Err(no_address()),
        },
        Value::Int(n) => {
            let address = u32::try_from(*n).map_err(|_| no_address())?;
            Ok(Value::Int((address & 0xffff_ff00).into()))
        }
        Value::Text(text) | Value::Native { text, .. } if !text.trim().is_empty() => {
            let parts: Option<Vec<String>> = text.split(',').map(network).collect();
            Ok(spot.like(old, parts.ok_or_else(no_address)?.join(", ")))
        }
        Value::Text(_) => Ok(old.clone()),
        _ => Err(no_address()),
    }
}

/// The network of an address that may have a port or the length of a network behind it.
fn network(text: &str) -> Option<String> {
    let text = text.trim();
    let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
    let bare = address.strip_prefix('[').and_then(|t| t.split_once(']')).map_or(address, |(inside, _)| inside);
    let bare = match bare.split_once(':') {
        // One colon: an address of version 4 and a port.
        Some((host, port)) if !port.contains(':') => host,
        _ => bare,
    };
    let bare = bare.split('%').next().unwrap_or(bare);
    let (cut, bits) = match bare.parse::<IpAddr>().ok()? {
        IpAddr::V4(v4) => (IpAddr::V4(cut_v4(v4)), 24),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => (IpAddr::V6(cut_v4(v4).to_ipv6_mapped()), 120),
            None => {
                let s = v6.segments();
                (IpAddr::V6(Ipv6Addr::new(s[0], s[1], s[2], 0, 0, 0, 0, 0)), 48)
            }
        },
    };
    // A network that was as wide before is not made narrower.
    let length = length.map(|l| l.parse::<u8>().map(|l| l.min(bits)));
    match length {
        None => Some(cut.to_string()),
        Some(Ok(length)) => Some(format!("{cut}/{length}")),
        Some(Err(_)) => None,
    }
}

fn cut_v4(address: Ipv4Addr) -> Ipv4Addr {
    let [a, b, c, _] = address.octets();
    Ipv4Addr::new(a, b, c, 0)
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn addresses_lose_what_names_the_machine() {
        let cases = [
            ("192.168.17.4", Some("192.168.17.0")),
            (" 10.1.2.3:8080", Some("10.1.2.0")),
            ("10.1.2.3/32", Some("10.1.2.0/24")),
            ("10.0.0.0/8", Some("10.0.0.0/8")),
            ("2001:db8:85a3:8d3:1319:8a2e:370:7348", Some("2001:db8:85a3::")),
            ("[2001:db8:85a3::1]:443", Some("2001:db8:85a3::")),
            ("fe80::1%eth0", Some("fe80::")),
            ("::ffff:10.1.2.3", Some("::ffff:10.1.2.0")),
            ("localhost", None),
            ("10.1.2", None),
            ("10.1.2.3/x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(network(text).as_deref(), expected, "{text}");
            if let Some(once) = expected {
                assert_eq!(network(once).as_deref(), expected, "cut again, {text} is the same");
            }
        }
    }
}
