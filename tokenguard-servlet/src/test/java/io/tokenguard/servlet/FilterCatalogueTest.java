package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.attacks.Attack;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import io.tokenguard.attacks.GuardProfile;
import io.tokenguard.attacks.HttpOutcome;
import io.tokenguard.attacks.RawRequest;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * Every attack of the catalogue over a socket, through the filter in a container.
 *
 * <p>A container plays the first attack of each row, so that it writes each kind of answer, and all attacks whose requests
 * containers may read differently. The rest are one plain field with a token or a proof in it, which the filter gets unchanged
 * from every container: the first container of a run plays them too where the system property {@code test.thorough} is set.
 */
@OnEveryContainer
class FilterCatalogueTest {
    /** What the containers of these tests take; beyond it, they refuse on their own. */
    private static final int MOST_HEADER_BYTES = 100_000;

    private static final boolean IS_THOROUGH = Boolean.getBoolean("test.thorough");
    private static final Pattern PLAIN_FIELD = Pattern.compile("((Bearer|DPoP) )?[A-Za-z0-9._~+/=-]+");
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[a-z]+)+");
    private static final int MOST_PLAIN_BYTES = 4_000;

    private static final Map<GuardProfile, AttackedFilter> SHARED = new EnumMap<>(GuardProfile.class);
    private static Optional<Container> first = Optional.empty();
    private static SwitchedFilter filter;
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        first = first.or(() -> Optional.of(container));
        filter = new SwitchedFilter();
        site = new Application()
                .registeredBy((context, unused) -> filter.register(context))
                .servlet(Page::identity, "/")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        SHARED.values().forEach(AttackedFilter::close);
        SHARED.clear();
        site.close();
    }

    @TestFactory
    Stream<DynamicNode> everyRowEndsAsItMust() {
        return AttackCatalogue.rows().stream()
                .map(row -> DynamicContainer.dynamicContainer(row.toString(), testsOf(row)));
    }

    private Stream<DynamicTest> testsOf(AttackRow row) {
        boolean playsAll = IS_THOROUGH && first.equals(Optional.of(container));
        return row.attacks().stream()
                .filter(attack -> playsAll || isFirst(attack, row) || !attack.needsOwnIssuer())
                .map(attack -> DynamicTest.dynamicTest(
                        attack.variant(),
                        () -> FilterCatalogueTest.withstand(attack, playsAll || isFirst(attack, row))));
    }

    private static boolean isFirst(Attack attack, AttackRow row) {
        return attack.equals(row.attacks().get(0));
    }

    private static void withstand(Attack attack, boolean evenIfPlain) {
        if (attack.needsOwnIssuer()) {
            try (AttackedFilter door = new AttackedFilter(attack.profile(), site, filter)) {
                withstand(attack, door, evenIfPlain);
            }
        } else {
            withstand(
                    attack,
                    SHARED.computeIfAbsent(attack.profile(), profile -> new AttackedFilter(profile, site, filter)),
                    evenIfPlain);
        }
    }

    private static void withstand(Attack attack, AttackedFilter door, boolean evenIfPlain) {
        RawRequest request = attack.play(door.bench());
        if (!evenIfPlain && isPlain(request)) {
            return;
        }
        site.reached().clear();
        HttpOutcome expected = attack.expected().http();
        if (request.headerBytes() > MOST_HEADER_BYTES) {
            assertRefusedByTheContainer(attack, door, request);
        } else if (isMendedByContainers(request)) {
            assertThat(door.send(request).status()).as(attack.variant()).matches(FilterCatalogueTest::isGoodOrRefused);
        } else if (expected == HttpOutcome.PASS) {
            assertThat(door.send(request).status()).as(attack.variant()).isEqualTo(200);
        } else if (request.isCarriedByHttp()) {
            assertRefused(attack, door.send(request), expected);
        } else {
            assertRefusedBySomebody(attack, door.send(request));
        }
        assertThat(door.send(door.bench().goodRequest()).status())
                .as("a good request after %s", attack.variant())
                .isEqualTo(200);
    }

    private static boolean isPlain(RawRequest request) {
        List<String> names =
                request.headers().stream().map(RawRequest.Header::name).toList();
        return request.method().equals("GET")
                && PLAIN_PATH.matcher(request.path()).matches()
                && request.query().isEmpty()
                && request.body().isEmpty()
                && (names.equals(List.of("Authorization")) || names.equals(List.of("Authorization", "DPoP")))
                && request.headerBytes() <= MOST_PLAIN_BYTES
                && request.headers().stream()
                        .allMatch(header -> PLAIN_FIELD.matcher(header.value()).matches());
    }

    /** RFC 9110 §5.5, RFC 9112 §5.2: white space around a value is no part of it, and line breaks end or fold it. */
    private static boolean isMendedByContainers(RawRequest request) {
        return request.headers().stream()
                .map(RawRequest.Header::value)
                .anyMatch(value -> !value.strip().equals(value) || value.contains("\r") || value.contains("\n"));
    }

    private static boolean isGoodOrRefused(int status) {
        return status == 200 || (status >= 400 && status < 500);
    }

    private static void assertRefusedByTheContainer(Attack attack, AttackedFilter door, RawRequest request) {
        try {
            assertRefusedBySomebody(attack, door.send(request));
        } catch (UncheckedIOException closedBeforeAllWasSent) {
            assertThat(site.reached()).as(attack.variant()).isEmpty();
        }
    }

    private static void assertRefusedBySomebody(Attack attack, Answer answer) {
        assertThat(answer.status()).as(attack.variant()).isBetween(400, 499);
        assertThat(site.reached()).as(attack.variant()).isEmpty();
    }

    private static void assertRefused(Attack attack, Answer answer, HttpOutcome expected) {
        assertThat(answer.status()).as(attack.variant()).isEqualTo(expected.status());
        assertThat(site.reached()).as(attack.variant()).isEmpty();
        assertThat(answer.header("Cache-Control")).as(attack.variant()).isEqualTo(List.of("no-store"));
        if (expected == HttpOutcome.BAD_REQUEST || expected == HttpOutcome.FORBIDDEN) {
            assertThat(answer.challenge()).as(attack.variant()).isEmpty();
            return;
        }
        assertThat(answer.challenge())
                .as(attack.variant())
                .containsPattern(
                        answer.status() == 401 && attack.profile() != GuardProfile.DPOP_OFF
                                ? "^Bearer realm=\"api\".*\\| DPoP realm=\"api\", algs=\""
                                : "^(Bearer|DPoP) realm=\"api\"");
        if (expected.error().isEmpty()) {
            assertThat(answer.challenge()).as(attack.variant()).doesNotContain("error");
            assertThat(answer.body()).as(attack.variant()).isEmpty();
        } else {
            assertThat(answer.challenge()).as(attack.variant()).contains("error=\"" + expected.error() + "\"");
            assertThat(answer.body()).as(attack.variant()).isEqualTo("{\"error\":\"" + expected.error() + "\"}");
        }
    }
}
