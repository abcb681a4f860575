package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Refusal;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An issuer whose keys are in a file, and the properties of an API that trusts it. */
final class FiledIssuer implements AutoCloseable {
    final TestIssuer issuer = TestIssuer.start();

    private final Map<String, String> properties = new HashMap<>();
    private final String prefix;

    /**
     * The API requires a token for its orders.
     *
     * @param prefix the prefix of the issuer's properties
     * @param folder where the file is written
     */
    FiledIssuer(String prefix, Path folder) throws IOException {
        this.prefix = prefix;
        Path keys = Files.writeString(folder.resolve("keys.json"), issuer.jwksJson());
        set("issuer-uri", issuer.issuer());
        set("audiences", GuardedIssuer.AUDIENCE);
        set("jwks-file", keys);
        properties.put("tokenguard.routes.orders", "/orders authenticated");
    }

    /** Sets a property of the issuer. */
    FiledIssuer set(String name, Object value) {
        properties.put(prefix + name, value.toString());
        return this;
    }

    /** Sets a property of the API. */
    void setForApi(String name, String value) {
        properties.put(name, value);
    }

    TokenGuard guard() {
        return GuardProperties.of(properties).toBuilder().build();
    }

    static Refusal refusal(TokenGuard guard, String token) {
        return ((Decision.Refused) guard.decide(bearing(token))).refusal();
    }

    @Override
    public void close() {
        issuer.close();
    }
}
