package io.tokenguard;

import io.tokenguard.testkit.Fault;
import java.net.URI;
import java.time.Duration;

/** The ways in which a key set can be out of reach. */
enum Outage {
    REFUSED,
    DROPPED,
    HANGING,
    DRIPPING,
    INTERNAL_ERROR,
    TRUNCATED,
    HTML,
    OVERSIZE,
    ENDLESS,
    EMPTY,
    REDIRECTED,
    COMPRESSED,
    UNCHANGED_WITHOUT_COPY;

    void begin(KeyDrill drill) {
        switch (this) {
            case REFUSED -> drill.issuer.goDown();
            case DROPPED -> drill.answer(Fault.dropConnection());
            case HANGING -> drill.answerWithoutEnd(Fault.hang());
            case DRIPPING -> drill.answerWithoutEnd(Fault.drip(Duration.ofMillis(400)));
            case INTERNAL_ERROR -> drill.answer(Fault.status(500));
            case TRUNCATED -> drill.answer(Fault.truncated());
            case HTML -> drill.answer(Fault.body("<html>Back soon</html>"));
            case OVERSIZE -> drill.answer(Fault.oversize(10 * 1024 * 1024));
            case ENDLESS -> drill.answer(Fault.endless());
            case EMPTY -> drill.answer(Fault.body("{\"keys\":[]}"));
            case REDIRECTED -> drill.answer(Fault.redirectTo(URI.create("http://127.0.0.1:1/jwks")));
            case COMPRESSED ->
                drill.answer(Fault.status(200).header("Content-Encoding", "br").body("{}"));
            case UNCHANGED_WITHOUT_COPY -> drill.answer(Fault.status(304));
        }
    }
}
