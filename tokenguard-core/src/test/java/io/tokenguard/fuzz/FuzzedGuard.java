package io.tokenguard.fuzz;

import com.sun.management.ThreadMXBean;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.TrustedIssuerBuilder;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dialect;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestClock;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A guard that is asked anything, and what has to hold whatever it is asked: it answers, quickly and within its memory, in
 * fixed text, and never because something in it broke. Its keys are given in code and its clock stands still, so the same
 * input always ends the same way.
 */
final class FuzzedGuard {
    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "https://api.example.com";

    /** The instant 1893456000: seeds state their times around it. */
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final long MOST_BYTES = 4 << 20;
    private static final long MOST_NANOSECONDS = 5_000_000_000L;
    private static final int LONGEST_TEXT = 300;
    private static final Pattern CHALLENGE = Pattern.compile(
            "(?:Bearer|DPoP) [a-z_]+=\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*\"(, [a-z_]+=\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*\")*");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final QuickKey KEY = new QuickKey();

    private final TokenGuard guard;

    private FuzzedGuard(UnaryOperator<TrustedIssuerBuilder> settings) {
        TrustedIssuerBuilder issuer = TrustedIssuer.builder(ISSUER)
                .audience(AUDIENCE)
                .keys(new VerificationKey("k", SignatureAlgorithm.RS256, KEY.publicKey()));
        guard = TokenGuard.builder()
                .issuer(settings.apply(issuer).build())
                .clock(TestClock.startingAt(NOW))
                .route("/orders authenticated")
                .route("/public/** public")
                .route("/admin/** role admin")
                .build();
    }

    /** As by default. */
    static FuzzedGuard strict() {
        return new FuzzedGuard(UnaryOperator.identity());
    }

    /** Of any type, with no more claims than it takes, and with roles and scopes in lists. */
    static FuzzedGuard generic() {
        return new FuzzedGuard(settings -> settings.dialect(Dialect.GENERIC)
                .acceptAnyTokenType()
                .scopeClaim("scp")
                .rolesClaim("realm_access.roles"));
    }

    static PublicKey publicKey() {
        return KEY.publicKey();
    }

    /** Asks with a request. */
    Decision decide(IncomingRequest request) {
        Decision decision = bounded(() -> guard.decide(request));
        if (decision instanceof Decision.Refused refused) {
            requireFixedText(refused);
        }
        return decision;
    }

    /** Asks with a token alone; null where it is good. */
    RefusalReason validate(String token) {
        return bounded(() -> {
            try {
                requireThat(guard.validate(token).issuer().equals(ISSUER), "granted for another issuer");
                return null;
            } catch (RefusedException refused) {
                requireJudged(refused.reason());
                requirePrintable(refused.detail().replace(' ', '_'));
                return refused.reason();
            }
        });
    }

    /** Hands a body to the receiver of logout tokens, or to that of events. */
    FeedAnswer receive(String contentType, byte[] body) {
        IncomingRequest request = IncomingRequest.builder("POST", "/feed")
                .overTls()
                .header("Content-Type", contentType)
                .build();
        FeedAnswer answer = bounded(() -> contentType.endsWith("secevent+jwt")
                ? guard.receiveEvents(request, new ByteArrayInputStream(body))
                : guard.receiveLogout(request, new ByteArrayInputStream(body)));
        requirePrintable(answer.body().replace(' ', '_'));
        return answer;
    }

    /** A compact token of these parts. */
    static CompactToken assemble(byte[] header, byte[] payload, byte[] signature) {
        return new CompactToken(encode(header), encode(payload), encode(signature));
    }

    /** A token that a trusted key has signed, whatever is in it. */
    static String sign(byte[] header, byte[] payload) {
        CompactToken token = assemble(header, payload, new byte[0]);
        return token.withSignature(KEY.sign(token.signingInput())).compact();
    }

    /** A token that has to be granted. */
    static String goodToken() {
        return sign(
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}".getBytes(StandardCharsets.UTF_8),
                ("{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE
                                + "\",\"exp\":1893459600,\"iat\":1893456000,\"sub\":\"s\",\"client_id\":\"c\",\"jti\":\"j\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    static void requireThat(boolean holds, String finding) {
        if (!holds) {
            throw new AssertionError(finding);
        }
    }

    /**
     * Size limits bound time and memory; the bounds here are far above what is measured, and far below harm. What exceeds
     * them is done once more, for the first time may have loaded classes.
     */
    static <T> T bounded(Supplier<T> work) {
        RecordedLog.clear();
        Measured<T> measured = measure(work);
        if (measured.isTooMuch()) {
            measured = measure(work);
            requireThat(!measured.isTooMuch(), measured.toString());
        }
        RecordedLog.recent().forEach(event -> requirePrintable(event.text().replace(' ', '_')));
        return measured.result;
    }

    private static <T> Measured<T> measure(Supplier<T> work) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        T result = work.get();
        long nanoseconds = System.nanoTime() - start;
        return new Measured<>(result, THREADS.getCurrentThreadAllocatedBytes() - bytes, nanoseconds);
    }

    private record Measured<T>(T result, long bytes, long nanoseconds) {
        boolean isTooMuch() {
            return bytes > MOST_BYTES || nanoseconds > MOST_NANOSECONDS;
        }

        @Override
        public String toString() {
            return "allocated " + bytes + " bytes, took " + nanoseconds + " ns";
        }
    }

    /** RFC 6750 §3 for what goes to the caller; printable ASCII for what goes to the operator (CWE-117). */
    private static void requireFixedText(Decision.Refused refused) {
        Refusal refusal = refused.refusal();
        requireJudged(refusal.reason());
        refused.challenge()
                .wwwAuthenticate()
                .forEach(challenge ->
                        requireThat(CHALLENGE.matcher(challenge).matches(), "challenge outside of RFC 6750"));
        refusal.fields().values().stream().map(text -> text.replace(' ', '_')).forEach(FuzzedGuard::requirePrintable);
        requireThat(
                refused.challenge().status() == refusal.reason().status()
                        && refused.challenge().body().length() < LONGEST_TEXT,
                "answer of another reason");
    }

    /** The keys are there and nothing is plugged in that could fail: each token can be judged. */
    private static void requireJudged(RefusalReason reason) {
        requireThat(reason.isVerdict(), "not judged: " + reason);
    }

    private static void requirePrintable(String text) {
        requireThat(
                text.chars().allMatch(c -> c > 0x20 && c < 0x7F)
                        && (text.length() <= LONGEST_TEXT
                                || text.startsWith("refused_")
                                || text.startsWith("received_")),
                "text that came from outside and was not made safe");
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
