package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.TestIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** No identity can be made out of bytes, for none can be turned into bytes (CWE-502). */
class SerializationTest {
    @Test
    void neitherTokensNorDecisionsNorTheGuardCanBeSerialized() throws RefusedException {
        try (TestIssuer issuer = TestIssuer.builder().start();
                TokenGuard guard = guarding(issuer).build()) {
            String token = issuer.token().sign();
            assertNotSerializable(guard.validate(token));
            assertNotSerializable(guard.decide(bearing(token)));
            assertNotSerializable(guard.decide(request().build()));
            assertNotSerializable(bearing(token));
            assertNotSerializable(guard);
        }
    }

    private static void assertNotSerializable(Object value) {
        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> serialize(value));
    }

    private static void serialize(Object value) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(value);
        }
    }
}
