//! The headers that every response carries: the server's name and the security policies.

use hyper::HeaderMap;
use hyper::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, SERVER,
    X_CONTENT_TYPE_OPTIONS,
};

/// What the page may load and run: files from this server and nothing else, with three
/// exceptions. `'wasm-unsafe-eval'` allows compiling the Wasm. The digest is that of an empty
/// style element, which plotly.js adds and then fills by script. Style attributes and `data:` or
/// `blob:` images are needed by plotly.js to draw and save figures.
const CONTENT_POLICY: &str = "default-src 'self'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; \
    style-src-attr 'unsafe-inline'; \
    img-src 'self' data: blob:; \
    connect-src 'self'; \
    worker-src 'self'; \
    manifest-src 'self'; \
    frame-ancestors 'none'; \
    object-src 'none'; \
    base-uri 'none'; \
    form-action 'none'";

/// Turns off browser features and devices that a dashboard does not need.
const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), \
    display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Builds the headers that every response starts with.
pub fn common_headers() -> HeaderMap {
    let fixed = [
        // Without a version, so that nobody can look up its known vulnerabilities.
        (SERVER, "conjoint"),
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (PERMISSIONS_POLICY, PERMISSIONS),
        (OPENER_POLICY, "same-origin"),
        (RESOURCE_POLICY, "same-origin"),
    ];
    fixed
        .into_iter()
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The directives of Content Security Policy Level 3 that take a source list or no value.
    const KNOWN_DIRECTIVES: [&str; 20] = [
        "base-uri",
        "child-src",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "manifest-src",
        "media-src",
        "object-src",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
        "upgrade-insecure-requests",
        "worker-src",
    ];

    #[test]
    fn content_policy_is_one_line_of_known_directives() {
        assert!(!CONTENT_POLICY.contains("  ") && !CONTENT_POLICY.contains('\n'));
        for directive in CONTENT_POLICY.split("; ") {
            let (name, sources) = directive.split_once(' ').unwrap();
            assert!(KNOWN_DIRECTIVES.contains(&name), "{name}");
            assert!(!sources.contains('*'), "{directive} allows every host");
        }
        assert!(!CONTENT_POLICY.contains("'unsafe-eval'"));
        assert_eq!(CONTENT_POLICY.matches("'unsafe-inline'").count(), 1);
    }
}
