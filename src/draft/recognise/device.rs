//! Traces of devices: network addresses, cookies, browsers, coordinates, pages visited.

use std::net::IpAddr;

use super::kind::Kind;
use super::rules::{Rule, Says};
use Says::{Is, Perhaps};

pub(super) const RULES: &[Rule] = &[
    (
        Is(Kind::IpAddress),
        "ip, ip address, ip addr, ipaddress, ipaddr, ipv4, ipv6, ipv4 address, ipv6 address, ip v4, \
         ip v6, remote ip, remote addr, remote address, client ip, client addr, last ip, login ip, \
         signup ip, created ip, user ip, source ip, src ip, adresse ip, direccion ip, indirizzo ip, \
         endereco ip, ip adresse, ip adres, adres ip, sign in ip, current sign in ip, last sign in ip, \
         last login ip, registration ip, x forwarded for, ip地址, ip hash, host ip, author ip, poster ip, \
         comment author ip, ip number",
    ),
    (
        Is(Kind::UserAgent),
        "user agent, useragent, ua, ua string, browser, browser agent, http user agent, agent string, \
         browser string, 浏览器, comment agent, browser name, browser info",
    ),
    (
        Is(Kind::CookieId),
        "cookie, cookie id, visitor id, visitor uuid, client uuid, anonymous id, anon id, tracking id, \
         ga client id, google client id, ga id, fbp, fbc, gclid, fingerprint, browser fingerprint, \
         device fingerprint, visitor cookie, tracking cookie, snowplow id, mixpanel id, distinct id, \
         matomo id, 访客id",
    ),
    (
        Is(Kind::DeviceId),
        "device id, device uuid, device identifier, device serial, imei, imsi, iccid, meid, udid, mac, \
         mac address, mac addr, hardware address, idfa, idfv, gaid, aaid, adid, advertising id, \
         android id, android advertising id, ios vendor id, installation id, install id, geraet id, \
         serial number device, sim number, sim serial, 设备号, 设备id, shebeihao, handset id, machine id",
    ),
    (
        Is(Kind::SessionId),
        "session id, session, session key, sess id, sessionid, sid, phpsessid, jsessionid, session uuid, \
         session hash, 会话id",
    ),
    (
        Perhaps(Kind::Coordinates),
        "latitude, longitude, lat, lng, lon, long, latlng, lat lng, lat long, lat lon, geo, geolocation, \
         geo location, coordinates, coords, gps, gps coordinates, gps position, position gps, geo point, \
         geopoint, breitengrad, laengengrad, latitud, longitud, latitudine, longitudine, 经度, 纬度, \
         geom, geometry, x coord, y coord, geohash, coordinate, location point",
    ),
    (
        Perhaps(Kind::Place),
        "location, place, geo city, geo country, geo region, ip country, ip city, lieu, lugar, luogo, \
         localizacao, standort, locatie, lokalizacja, timezone, time zone, tz, zeitzone, whereabouts, \
         venue",
    ),
    (
        Perhaps(Kind::PageVisited),
        "referrer, referer, http referer, http referrer, referrer url, page url, page path, landing page, \
         visited url, request uri, request url, page viewed, last page, current page, browsing history, \
         visited page, viewed page, last viewed, click url, utm source, utm campaign, utm medium, \
         request path",
    ),
    (
        Is(Kind::SearchTerms),
        "search term, search terms, search query, search string, search phrase, search keyword, \
         search keywords, search text, suchbegriff",
    ),
];

/// Whether a text is a network address, and not a bare number.
pub(super) fn is_ip(text: &str) -> bool {
    let bare = text.split_once('/').map_or(text, |(address, _)| address);
    bare.contains(['.', ':']) && bare.parse::<IpAddr>().is_ok()
}

/// Whether a text is a network address that can hardly be a version number.
pub(super) fn is_telling_ip(text: &str) -> bool {
    is_ip(text) && (text.contains(':') || text.split('.').any(|part| part.parse::<u32>().is_ok_and(|n| n > 40)))
}

/// Whether a text is a hardware address.
pub(super) fn is_mac(text: &str) -> bool {
    let separator = if text.contains('-') { '-' } else { ':' };
    let parts: Vec<&str> = text.split(separator).collect();
    parts.len() == 6 && parts.iter().all(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a text is a browser's description of itself.
pub(super) fn is_user_agent(text: &str) -> bool {
    text.starts_with("Mozilla/")
        || text.starts_with("Opera/")
        || text.starts_with("Dalvik/")
        || text.starts_with("okhttp/")
}

/// Whether a text is a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    let bare = text.trim_matches(['{', '}']);
    let lengths: Vec<usize> = bare.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && bare.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// Whether a text is a web address.
pub(super) fn is_url(text: &str) -> bool {
    ["http://", "https://", "www.", "ftp://"].iter().any(|p| text.starts_with(p)) && !text.contains(' ')
}

/// Whether a text is a degree of latitude or longitude with decimals, or a pair of them.
pub(super) fn is_coordinate(text: &str) -> bool {
    let degree = |t: &str| t.trim().contains('.') && t.trim().parse::<f64>().is_ok_and(|x| x.abs() <= 180.0);
    let point = text.strip_prefix("POINT(").and_then(|t| t.strip_suffix(')'));
    match point.and_then(|p| p.split_once(' ')).or_else(|| text.split_once(',')) {
        Some((a, b)) => degree(a) && degree(b),
        None => degree(text),
    }
}

/// Whether a text is a network address with its last part cut off.
pub(super) fn is_cut_ip(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 4
        && matches!(parts[3], "0" | "x" | "xxx" | "*")
        && parts[..3].iter().all(|p| p.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_by_their_form() {
        assert!(is_ip("10.0.0.1") && is_ip("2001:db8::1") && is_ip("10.0.0.0/8") && !is_ip("1") && !is_ip("1.2.3"));
        assert!(is_telling_ip("192.168.1.1") && !is_telling_ip("1.2.3.4"));
        assert!(is_mac("00:1A:2b:3c:4d:5e") && is_mac("00-1a-2b-3c-4d-5e") && !is_mac("12:30:00"));
        assert!(is_uuid("123e4567-e89b-12d3-a456-426614174000") && !is_uuid("123e4567"));
        assert!(is_user_agent("Mozilla/5.0 (X11; Linux)") && is_url("https://example.com/a") && !is_url("example"));
        assert!(
            is_coordinate("48.137154")
                && is_coordinate("48.13, 11.57")
                && is_coordinate("POINT(11.5 48.1)")
                && !is_coordinate("48")
        );
        assert!(is_cut_ip("10.1.2.0") && !is_cut_ip("10.1.2.3"));
    }
}
