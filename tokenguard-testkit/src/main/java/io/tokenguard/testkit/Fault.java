package io.tokenguard.testkit;

import java.net.URI;
import java.time.Duration;

/**
 * Something that goes wrong with an answer; put in force by {@link EndpointBehaviour#answer}. Values are immutable and
 * can be used again.
 */
public sealed interface Fault permits CannedAnswer, Misbehaviour {

    /**
     * A complete answer with this status and, until more is said, no body.
     *
     * @throws IllegalArgumentException if the status is not between 200 and 599
     */
    static CannedAnswer status(int status) {
        return CannedAnswer.of(status);
    }

    /** A complete answer with status 200, content type {@code application/json} and this body, whatever it is. */
    static CannedAnswer body(String body) {
        return status(200).body(body);
    }

    /** A redirect with status 302. */
    static CannedAnswer redirectTo(URI location) {
        return status(302).header("Location", location.toString());
    }

    /** The honest answer, late. */
    static Fault delay(Duration delay) {
        return Misbehaviour.delay(delay);
    }

    /** Headers at once, then the honest body byte by byte, with this pause before each byte. */
    static Fault drip(Duration perByte) {
        return Misbehaviour.drip(perByte);
    }

    /** The request is read and not answered while the fault is in force. */
    static Fault hang() {
        return Misbehaviour.hang();
    }

    /** The connection is closed in place of an answer. */
    static Fault dropConnection() {
        return Misbehaviour.dropConnection();
    }

    /**
     * The honest document, padded with spaces to this length, which {@code Content-Length} announces.
     *
     * @throws IllegalArgumentException if the length is not positive
     */
    static Fault oversize(long bytes) {
        return Misbehaviour.oversize(bytes);
    }

    /** The honest document and then spaces, in chunks, while the fault is in force and the client reads on. */
    static Fault endless() {
        return Misbehaviour.endless();
    }

    /**
     * All headers, half the body, and then the connection is closed. For a cut document in a whole answer use
     * {@link #body}.
     */
    static Fault truncated() {
        return Misbehaviour.truncated();
    }

    /** The honest document, compressed although the client did not accept that, with {@code Content-Encoding: gzip}. */
    static Fault gzip() {
        return Misbehaviour.gzip();
    }
}
