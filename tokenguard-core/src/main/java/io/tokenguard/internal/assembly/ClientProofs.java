package io.tokenguard.internal.assembly;

import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.internal.introspection.ClientProof;
import io.tokenguard.internal.jose.AssertionSigner;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What settings of client authentication come to. */
final class ClientProofs {
    private ClientProofs() {}

    /**
     * The proof.
     *
     * @param audience whom an assertion is made for
     */
    static ClientProof of(ClientAuthentication client, String audience, Clock clock) {
        if (client instanceof ClientAuthentication.SecretBasic basic) {
            return ClientProof.basic(basic.clientId(), basic.secret());
        }
        if (client instanceof ClientAuthentication.SecretPost post) {
            return ClientProof.post(post.clientId(), post.secret());
        }
        if (client instanceof ClientAuthentication.PrivateKeyJwt jwt) {
            AssertionSigner signer = new AssertionSigner(jwt.key(), jwt.algorithm(), jwt.keyId());
            return ClientProof.assertion(jwt.clientId(), audience, signer, clock);
        }
        if (client instanceof ClientAuthentication.Certificate certificate) {
            return ClientProof.certificate(certificate.clientId());
        }
        return client instanceof ClientAuthentication.Bearer bearer
                ? ClientProof.bearer(bearer.token())
                : (request, form) -> {};
    }

    /** Keys and trust of the connection; empty for those of the platform. */
    static Optional<SSLContext> tls(ClientAuthentication client) {
        return client instanceof ClientAuthentication.Certificate certificate
                ? Optional.of(certificate.tls())
                : Optional.empty();
    }

    /** What the issuer calls this API; empty where that is not known. */
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
