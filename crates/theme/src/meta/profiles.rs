//! Addresses of profiles on social networks, made from the names that people type in.

/// Networks in the order in which structured data lists them.
pub(super) const NETWORKS: [&str; 9] =
    ["facebook", "twitter", "threads", "bluesky", "mastodon", "tiktok", "youtube", "instagram", "linkedin"];

/// The address of the profile `name` on `network` (a field name such as `facebook`); none for a network unknown.
pub fn profile_url(network: &str, name: &str) -> Option<String> {
    let without_at = name.strip_prefix('@').unwrap_or(name);
    Some(match network {
        "twitter" | "x" => format!("https://x.com/{without_at}"),
        "facebook" => format!("https://www.facebook.com/{}", name.strip_prefix('/').unwrap_or(name)),
        "threads" => format!("https://www.threads.net/@{without_at}"),
        "bluesky" => format!("https://bsky.app/profile/{name}"),
        // Stored as an address without its scheme.
        "mastodon" => format!("https://{name}"),
        "tiktok" => format!("https://www.tiktok.com/@{without_at}"),
        "youtube" => format!("https://www.youtube.com/{name}"),
        "instagram" => format!("https://www.instagram.com/{name}"),
        "linkedin" => {
            let has_kind = ["in/", "company/", "school/", "pub/"].iter().any(|kind| name.starts_with(kind));
            format!("https://www.linkedin.com/{}{name}", if has_kind { "" } else { "in/" })
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles() {
        let cases = [
            ("twitter", "@ada", "https://x.com/ada"),
            ("facebook", "/ada", "https://www.facebook.com/ada"),
            ("threads", "ada", "https://www.threads.net/@ada"),
            ("bluesky", "ada.example", "https://bsky.app/profile/ada.example"),
            ("mastodon", "social.example/@ada", "https://social.example/@ada"),
            ("tiktok", "ada", "https://www.tiktok.com/@ada"),
            ("tiktok", "@ada", "https://www.tiktok.com/@ada"),
            ("youtube", "channel/x", "https://www.youtube.com/channel/x"),
            ("instagram", "ada", "https://www.instagram.com/ada"),
            ("linkedin", "ada", "https://www.linkedin.com/in/ada"),
            ("linkedin", "company/ada", "https://www.linkedin.com/company/ada"),
        ];
        for (network, name, url) in cases {
            assert_eq!(profile_url(network, name).as_deref(), Some(url));
        }
        assert_eq!(profile_url("myspace", "ada"), None);
    }
}
