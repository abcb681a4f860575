package io.tokenguard.bench.peer;

import io.tokenguard.bench.token.Trust;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/** jose4j's {@code JwtConsumer}. */
final class Jose4jPeer implements Peer {
    private final JwtConsumer consumer;

    Jose4jPeer(Trust trust) {
        consumer = new JwtConsumerBuilder()
                .setVerificationKey(trust.publicKey())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT,
                        trust.algorithm().joseName()))
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(trust.issuer())
                .setExpectedAudience(trust.audience())
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(60)
                .build();
    }

    @Override
    public JwtContext validate(String token) throws InvalidJwtException {
        return consumer.process(token);
    }
}
