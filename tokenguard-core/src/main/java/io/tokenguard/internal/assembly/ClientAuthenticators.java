package io.tokenguard.internal.assembly;

import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.internal.introspection.ClientAuthenticator;
import io.tokenguard.internal.jose.AssertionSigner;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Turns {@link ClientAuthentication} settings into request authentication. */
final class ClientAuthenticators {
    private ClientAuthenticators() {}

    /**
     * The authentication of requests.
     *
     * @param audience the audience of assertions
     */
    static ClientAuthenticator of(ClientAuthentication client, String audience, Clock clock) {
        if (client instanceof ClientAuthentication.SecretBasic basic) {
            return ClientAuthenticator.basic(basic.clientId(), basic.secret());
        }
        if (client instanceof ClientAuthentication.SecretPost post) {
            return ClientAuthenticator.post(post.clientId(), post.secret());
        }
        if (client instanceof ClientAuthentication.PrivateKeyJwt jwt) {
            AssertionSigner signer = new AssertionSigner(jwt.key(), jwt.algorithm(), jwt.keyId());
            return ClientAuthenticator.assertion(jwt.clientId(), audience, signer, clock);
        }
        if (client instanceof ClientAuthentication.Certificate certificate) {
            return ClientAuthenticator.certificate(certificate.clientId());
        }
        return client instanceof ClientAuthentication.Bearer bearer
                ? ClientAuthenticator.bearer(bearer.token())
                : (request, form) -> {};
    }

    /** Client keys and trusted certificates of the connection; empty for those of the platform. */
    static Optional<SSLContext> tls(ClientAuthentication client) {
        return client instanceof ClientAuthentication.Certificate certificate
                ? Optional.of(certificate.tls())
                : Optional.empty();
    }

    /** The client ID of this API at the issuer; empty if it is not known. */
    static String name(ClientAuthentication client) {
        if (client instanceof ClientAuthentication.SecretBasic basic) {
            return basic.clientId();
        }
        if (client instanceof ClientAuthentication.SecretPost post) {
            return post.clientId();
        }
        if (client instanceof ClientAuthentication.PrivateKeyJwt jwt) {
            return jwt.clientId();
        }
        return client instanceof ClientAuthentication.Certificate certificate ? certificate.clientId() : "";
    }
}
