//! The headers that are the same on every answer, whatever is asked: the security policy.

use hyper::HeaderMap;
use hyper::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, SERVER,
    X_CONTENT_TYPE_OPTIONS,
};

/// What the page may do. The page's own files and nothing else, with three openings:
/// `'wasm-unsafe-eval'` compiles the Wasm; the digest is that of an empty style element, which
/// plotly.js adds and then fills by script; style attributes and `data:` or `blob:` images are
/// how plotly.js draws and saves a figure.
const POLICY: &str = "default-src 'self'; \
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

/// Devices and powers that a dashboard has no use for.
const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), \
    display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Makes the headers that every answer starts from.
pub fn on_every_answer() -> HeaderMap {
    let fixed = [
        // A name without a version: nothing to look up in a list of known holes.
        (SERVER, "conjoint"),
        (CONTENT_SECURITY_POLICY, POLICY),
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

    /// The directives of Content Security Policy Level 3 that take sources or nothing.
    const DIRECTIVES: [&str; 20] = [
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
    fn policy_is_one_line_of_known_directives() {
        assert!(!POLICY.contains("  ") && !POLICY.contains('\n'));
        for directive in POLICY.split("; ") {
            let (name, sources) = directive.split_once(' ').unwrap();
            assert!(DIRECTIVES.contains(&name), "{name}");
            assert!(!sources.contains('*'), "{directive} opens to everyone");
        }
        assert!(!POLICY.contains("'unsafe-eval'"));
        assert_eq!(POLICY.matches("'unsafe-inline'").count(), 1);
    }
}
