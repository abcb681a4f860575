package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PublicKey;
import java.util.Optional;

/**
 * Verifies RSA signatures by a provider that accepts encodings that RFC 8017 §8.2.2 does not, and by the specification. Both have
 * to agree: where a validated provider is required, it decides, and no signature has two forms.
 *
 * @param provider the provider's
 * @param encoding the specification's
 */
record StrictEncodingScheme(SignatureScheme provider, SignatureScheme encoding) implements SignatureScheme {
    /** The same for an algorithm with such an encoding; empty for others. */
    static Optional<SignatureScheme> of(SignatureAlgorithm algorithm, SignatureScheme provider) {
        return Pkcs1Scheme.of(algorithm).map(encoding -> new StrictEncodingScheme(provider, encoding));
    }

    @Override
    public PreparedKey prepare(PublicKey key) {
        PreparedKey byEncoding = encoding.prepare(key);
        PreparedKey byProvider = provider.prepare(key);
        return (signed, signature) -> byEncoding.verify(signed, signature) && byProvider.verify(signed, signature);
    }

    @Override
    public boolean isAvailable() {
        return provider.isAvailable();
    }

    @Override
    public String worker() {
        return provider.worker();
    }
}
