package io.tokenguard.internal.cache;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A SHA-256 digest that shows what it is given, and can run something before it hashes. */
final class WatchedDigest extends MessageDigest {
    private final MessageDigest digest;
    private Optional<Runnable> before = Optional.empty();
    private byte[] given = {};
    private int resets;

    WatchedDigest() {
        super("SHA-256");
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs something once, before the next hash is made. */
    void before(Runnable task) {
        before = Optional.of(task);
    }

    /** The array of the last input, as it is now. */
    byte[] given() {
        return given;
    }

    /** How often it was reset since it last made a hash. */
    int resets() {
        return resets;
    }

    @Override
    protected void engineUpdate(byte input) {
        digest.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        Optional<Runnable> task = before;
        before = Optional.empty();
        task.ifPresent(Runnable::run);
        given = input;
        digest.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        resets = 0;
        return digest.digest();
    }

    @Override
    protected int engineDigest(byte[] buffer, int offset, int length) throws DigestException {
        resets = 0;
        return digest.digest(buffer, offset, length);
    }

    @Override
    protected void engineReset() {
        resets++;
        digest.reset();
    }
}
