package io.tokenguard.internal.telemetry;

/** A Java Flight Recorder event of an operation that is running. */
interface Recording {
    /** Of an operation that is not recorded. */
    Recording NONE = outcome -> {};

    /** The operation has ended. */
    void end(String outcome);
}
