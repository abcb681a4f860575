package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.HttpOutcome;
import io.tokenguard.attacks.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tokens of the attack catalogue and of real issuers, given to jose4j too, with the same keys and settings. Each difference in
 * the verdict is listed in {@code second-opinion.txt} with its reason. jose4j validates tokens only: rows about requests,
 * credentials, proofs, bindings and permissions are listed as not judged.
 */
@EnabledIfSystemProperty(named = Thoroughness.PROPERTY, matches = "true")
class SecondOpinionTest {
    private static final String ISSUER = "issuer ";
    private static final String NOT_JUDGED = "not judged";

    /** Instead of a number where it depends on random keys, or on the JDK. */
    private static final String SOME = " | some";

    private static final Set<Stage> OF_TOKENS =
            EnumSet.of(Stage.TOKEN, Stage.KEY, Stage.SIGNATURE, Stage.CLAIMS, Stage.LIFETIME);
    private static final Map<GuardProfile, AttackedGuard> SHARED = new EnumMap<>(GuardProfile.class);

    /** How many attacks of a row end differently, and which. */
    private static final Map<String, List<String>> DIFFERENCES = new TreeMap<>();

    private static final Set<String> JUDGED = new TreeSet<>();

    @BeforeAll
    static void ask() {
        for (AttackRow row : AttackCatalogue.rows()) {
            for (Attack attack : row.attacks()) {
                verdict(row, attack)
                        .ifPresent(difference -> DIFFERENCES
                                .computeIfAbsent(row.id() + " | " + difference, unused -> new ArrayList<>())
                                .add(attack.variant()));
            }
        }
    }

    @AfterAll
    static void close() {
        SHARED.values().forEach(AttackedGuard::close);
        SHARED.clear();
    }

    /** What is before the last separator of each line, by what is behind it. */
    private static Map<String, String> listed() throws IOException {
        try (InputStream file = SecondOpinionTest.class.getResourceAsStream("second-opinion.txt")) {
            Map<String, String> listed = new HashMap<>();
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> listed.put(
                            line.substring(0, line.lastIndexOf(" | ")), line.substring(line.lastIndexOf(" | ") + 3)));
            return listed;
        }
    }

    private static List<String> namedOf(boolean isIssuer) throws IOException {
        return listed().keySet().stream()
                .filter(name -> name.startsWith(ISSUER) == isIssuer && !name.startsWith(NOT_JUDGED))
                .toList();
    }

    @Test
    void givesEachDifferenceAReason() throws IOException {
        assertThat(listed().values()).allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(10));
    }

    @Test
    void ofTheCatalogueDiffersOnlyAsListed() throws IOException {
        List<String> found = new ArrayList<>();
        List<String> named = namedOf(false);
        DIFFERENCES.forEach((name, variants) ->
                found.add(named.contains(name + SOME) ? name + SOME : name + " | " + variants.size()));
        assertThat(named).as("%s", DIFFERENCES).containsAll(found);
        assertThat(found)
                .as("%s", DIFFERENCES)
                .containsAll(named.stream().filter(name -> !name.endsWith(SOME)).toList());
    }

    @Test
    void isAskedAboutEachRowUnlessThatIsListed() throws IOException {
        List<String> unasked = AttackCatalogue.rows().stream()
                .map(AttackRow::id)
                .filter(id -> !JUDGED.contains(id))
                .sorted()
                .toList();
        assertThat(listed()).containsKey(NOT_JUDGED + " | " + String.join(" ", unasked));
    }

    @Test
    void ofRealIssuersDiffersOnlyAsListed(@TempDir Path folder) throws IOException {
        SampleKeys keys = new SampleKeys();
        String secret =
                Files.writeString(folder.resolve("secret"), SampleKeys.SECRET).toString();
        List<String> found = new ArrayList<>();
        judgedSamples().forEach(sample -> {
            Map<String, String> properties = new HashMap<>();
            sample.settings()
                    .forEach((key, value) ->
                            properties.put("tokenguard." + key, value.equals("(secret)") ? secret : value));
            properties.putIfAbsent("tokenguard.issuer-uri", sample.issuer());
            properties.put("tokenguard.dialect", "generic");
            properties.put("tokenguard.token-types", "any");
            String token = keys.sign(sample, Instant.now().getEpochSecond());
            boolean accepts = new SecondOpinion(properties, issuer -> keys.publicSet()).accepts(token, Instant.now());
            if (accepts == sample.refusal().isPresent()) {
                found.add(ISSUER + sample + " | " + shown(accepts));
            }
        });
        assertThat(found).containsExactlyInAnyOrderElementsOf(namedOf(true));
    }

    /** Encrypted tokens are judged in the catalogue. */
    private static Stream<IssuerSample> judgedSamples() {
        return IssuerSample.all()
                .filter(sample -> sample.text().isEmpty() && !sample.toString().contains("encrypt"));
    }

    private static String shown(boolean accepts) {
        return accepts ? "jose4j accepts" : "jose4j refuses";
    }

    private static Optional<String> verdict(AttackRow row, Attack attack) {
        if (!isAboutTokens(attack)) {
            return Optional.empty();
        }
        if (!attack.needsOwnIssuer()) {
            return verdict(row, attack, SHARED.computeIfAbsent(attack.profile(), AttackedGuard::alone));
        }
        try (AttackedGuard guard = AttackedGuard.alone(attack.profile())) {
            return verdict(row, attack, guard);
        }
    }

    private static boolean isAboutTokens(Attack attack) {
        return attack.expected().http() == HttpOutcome.PASS
                || attack.expected().reasons().stream()
                        .allMatch(reason ->
                                OF_TOKENS.contains(RefusalReason.valueOf(reason).stage()));
    }

    private static Optional<String> verdict(AttackRow row, Attack attack, AttackedGuard guard) {
        RawRequest request = attack.play(guard.bench());
        boolean isGranted = guard.decide(request) instanceof Decision.Granted;
        Optional<String> token = token(request);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        JUDGED.add(row.id());
        boolean accepts = new SecondOpinion(
                        attack.profile().properties(guard.bench()), issuer -> keySet(guard.bench(), issuer))
                .accepts(token.get(), guard.bench().clock().instant());
        return accepts == isGranted ? Optional.empty() : Optional.of(shown(accepts));
    }

    private static String keySet(AttackBench bench, String issuer) {
        return Stream.of(bench.issuer(), bench.stranger())
                .filter(known -> known.issuer().equals(issuer))
                .findFirst()
                .orElseThrow()
                .jwksJson();
    }

    /** The only credential, if it is a bearer token. */
    private static Optional<String> token(RawRequest request) {
        List<String> fields = request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Authorization"))
                .map(RawRequest.Header::value)
                .toList();
        return fields.size() == 1 && fields.get(0).regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(fields.get(0).substring("Bearer ".length()).strip())
                : Optional.empty();
    }
}
