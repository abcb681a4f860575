package io.tokenguard.bench.peer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.tokenguard.bench.token.Trust;
import java.text.ParseException;
import java.util.Set;

/** Nimbus' {@code DefaultJWTProcessor} with a key set in memory. */
final class NimbusPeer implements Peer {
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    NimbusPeer(Trust trust) {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(trust.algorithm().joseName()), JwkSets.of(trust)));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                trust.audience(),
                new JWTClaimsSet.Builder().issuer(trust.issuer()).build(),
                Set.of("exp")));
    }

    @Override
    public JWTClaimsSet validate(String token) throws ParseException, BadJOSEException, JOSEException {
        return processor.process(token, null);
    }
}
