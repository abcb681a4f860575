package io.tokenguard.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenMint;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    /** One of each, for RSA keys take long to make. */
    private static final Map<SigningAlgorithm, TokenMint> MINTS = Stream.of(SigningAlgorithm.values())
            .collect(Collectors.toUnmodifiableMap(algorithm -> algorithm, TokenMint::of));

    private static final TokenMint MINT = MINTS.get(SigningAlgorithm.ES256);

    static Stream<Arguments> known() {
        return all().filter(AdmissionTest::isKnown);
    }

    static Stream<Arguments> unknown() {
        return all().filter(pair -> !isKnown(pair));
    }

    private static boolean isKnown(Arguments pair) {
        return ((Library) pair.get()[0]).knows((SigningAlgorithm) pair.get()[1]);
    }

    private static Stream<Arguments> all() {
        return Stream.of(Library.values())
                .flatMap(library ->
                        Stream.of(SigningAlgorithm.values()).map(algorithm -> Arguments.of(library, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("known")
    void admitsLibraryThatRefusesBadTokens(Library library, SigningAlgorithm algorithm) {
        TokenMint mint = MINTS.get(algorithm);
        try (Peer peer = library.open(mint.trust())) {
            assertThat(Admission.admit(peer, mint)).isSameAs(peer);
        }
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void hasNoFigureOfLibraryThatDoesNotKnowAlgorithm(Library library, SigningAlgorithm algorithm) {
        TokenMint mint = MINTS.get(algorithm);
        assertThatThrownBy(() -> library.open(mint.trust())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesPeerThatAcceptsAnything() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Admission.admit(token -> token, MINT))
                .withMessageContaining("accepts a token with");
    }

    @Test
    void refusesPeerThatAcceptsNothing() {
        Peer strict = token -> {
            throw new IllegalArgumentException();
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Admission.admit(strict, MINT))
                .withMessageContaining("refuses a good token");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void refusesPeerThatOverlooksOneFlaw(int overlooked) {
        Peer honest = Library.JOSE4J.open(MINT.trust());
        AtomicInteger turn = new AtomicInteger(-1);
        Peer lax = token -> turn.getAndIncrement() == overlooked ? token : honest.validate(token);
        assertThatIllegalStateException()
                .isThrownBy(() -> Admission.admit(lax, MINT))
                .withMessageContaining(MINT.badTokens().get(overlooked).flaw());
    }

    @ParameterizedTest
    @EnumSource
    void tellsGoodSignaturesFromBadOnes(CryptoProvider provider) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            TokenMint mint = MINTS.get(algorithm);
            if (provider.isAvailable()) {
                assertThatCode(() -> BareSignature.ofAll(mint.tokens(1), mint.trust(), provider))
                        .doesNotThrowAnyException();
            }
        }
    }
}
