package io.tokenguard.access;

/**
 * Where what a token says comes from, for those who judge it once more.
 *
 * @param keyId the key that vouched for it, {@code kid}; empty where that was no key, or is not known
 * @param fingerprint what {@link Revocation#presented} calls the token; empty where that is not known
 */
public record Provenance(String keyId, String fingerprint) {
    /** Of a token that was made by hand. */
    public static final Provenance UNKNOWN = new Provenance("", "");

    /** Of a token that a key vouched for. */
    public static Provenance of(String keyId, String presented) {
        return new Provenance(keyId, Revocation.presented(presented).target());
    }
}
