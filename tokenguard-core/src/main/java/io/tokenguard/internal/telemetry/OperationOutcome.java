package io.tokenguard.internal.telemetry;

/** The outcomes of timed operations. */
public final class OperationOutcome {
    private OperationOutcome() {}

    /** Of the verification of a signature. */
    public enum Signature {
        /** The signature is valid. */
        VALID,
        /** It is not. */
        INVALID
    }

    /** Of a load of keys. */
    public enum KeyLoad {
        /** Keys were loaded. */
        SUCCEEDED,
        /** The load failed; the last keys stay in use. */
        FAILED
    }

    /** Of an introspection call. */
    public enum Call {
        /** The token is active, and the answer was accepted. */
        ACTIVE,
        /** The token is refused by the answer. */
        INACTIVE,
        /** There was no usable answer. */
        FAILED
    }
}
