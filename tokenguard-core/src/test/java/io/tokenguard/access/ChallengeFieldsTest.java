package io.tokenguard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision.Challenge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeFieldsTest {
    @Test
    void areCopiedWithTheirValues() {
        List<String> values = new ArrayList<>(List.of("Bearer"));
        Challenge challenge = new Challenge(401, Map.of("WWW-Authenticate", values), "");
        values.add("Basic");
        assertThat(challenge.wwwAuthenticate()).containsExactly("Bearer");
    }
}
