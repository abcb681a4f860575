package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.bounds.Bounds;
import java.security.PrivateKey;
import javax.net.ssl.SSLContext;

/** How this API authenticates to the introspection endpoint (RFC 7662 §2.1). Immutable; {@code toString} shows no secret. */
public sealed interface ClientAuthentication {
    /** No authentication. Anyone who reaches the endpoint can query tokens (RFC 7662 §4). */
    record None() implements ClientAuthentication {}

    /** A secret in the Authorization field ({@code client_secret_basic}, RFC 6749 §2.3.1). */
    record SecretBasic(String clientId, String secret) implements ClientAuthentication {
        /** Checks that nothing is blank. */
        public SecretBasic {
            requireName(clientId);
            requireSecret(secret);
        }

        @Override
        public String toString() {
            return "SecretBasic[" + clientId + "]";
        }
    }

    /** A secret in the body ({@code client_secret_post}, RFC 6749 §2.3.1). */
    record SecretPost(String clientId, String secret) implements ClientAuthentication {
        /** Checks that nothing is blank. */
        public SecretPost {
            requireName(clientId);
            requireSecret(secret);
        }

        @Override
        public String toString() {
            return "SecretPost[" + clientId + "]";
        }
    }

    /** A JWT that is signed anew for each call ({@code private_key_jwt}, RFC 7523 §2.2). */
    record PrivateKeyJwt(String clientId, PrivateKey key, SignatureAlgorithm algorithm, String keyId)
            implements ClientAuthentication {
        /** Checks that nothing is blank, and that assertions can be signed with the algorithm. */
        public PrivateKeyJwt {
            requireName(clientId);
            Bounds.text("tokenguard.introspection.client-key-file", keyId);
            if (!SignatureAlgorithm.defaults().contains(algorithm)) {
                throw ConfigurationException.of(
                        "tokenguard.introspection.client-key-file",
                        "(not shown)",
                        "assertions can't be signed with " + algorithm + "; use a key for one of "
                                + SignatureAlgorithm.defaults());
            }
        }

        @Override
        public String toString() {
            return "PrivateKeyJwt[" + clientId + "]";
        }
    }

    /** The client certificate of the connection ({@code tls_client_auth}, {@code self_signed_tls_client_auth}, RFC 8705 §2). */
    record Certificate(String clientId, SSLContext tls) implements ClientAuthentication {
        /** Checks that the name is not blank. */
        public Certificate {
            requireName(clientId);
        }

        @Override
        public String toString() {
            return "Certificate[" + clientId + "]";
        }
    }

    /** A bearer token of this API (RFC 7662 §2.1). */
    record Bearer(String token) implements ClientAuthentication {
        /** Checks that it can be sent. */
        public Bearer {
            if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
                throw ConfigurationException.of(
                        "tokenguard.introspection.bearer-token", "(not shown)", "set a token, without its scheme");
            }
        }

        @Override
        public String toString() {
            return "Bearer[not shown]";
        }
    }

    /** A secret in the Authorization field (RFC 6749 §2.3.1). */
    static ClientAuthentication basic(String clientId, String secret) {
        return new SecretBasic(clientId, secret);
    }

    /** A secret in the body (RFC 6749 §2.3.1), for servers that accept nothing else. */
    static ClientAuthentication post(String clientId, String secret) {
        return new SecretPost(clientId, secret);
    }

    /** A JWT that is signed anew for each call (RFC 7523 §2.2), with a key and its {@code kid}. */
    static ClientAuthentication privateKeyJwt(
            String clientId, PrivateKey key, SignatureAlgorithm algorithm, String keyId) {
        return new PrivateKeyJwt(clientId, key, algorithm, keyId);
    }

    /** The client certificate of the connection (RFC 8705 §2). */
    static ClientAuthentication certificate(String clientId, SSLContext tls) {
        return new Certificate(clientId, tls);
    }

    /** A bearer token of this API (RFC 7662 §2.1). */
    static ClientAuthentication bearer(String token) {
        return new Bearer(token);
    }

    /** No authentication. Anyone who reaches the endpoint can query tokens (RFC 7662 §4). */
    static ClientAuthentication none() {
        return new None();
    }

    private static void requireName(String clientId) {
        Bounds.text("tokenguard.introspection.client-id", clientId);
    }

    private static void requireSecret(String secret) {
        if (secret.isBlank()) {
            throw ConfigurationException.of(
                    "tokenguard.introspection.client-secret", "(not shown)", "set the secret; it is blank");
        }
    }
}
