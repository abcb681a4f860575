package io.tokenguard.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A fault in the way the honest answer is delivered. */
record Misbehaviour(String name, Delivery delivery) implements Fault {
    private static final int BLOCK = 8192;

    /** One way to answer a request; the spell tells when to stop. */
    @FunctionalInterface
    interface Delivery {
        void deliver(Reply reply, Spell spell) throws IOException, InterruptedException;
    }

    static Misbehaviour delay(Duration delay) {
        return new Misbehaviour("delay " + delay, (reply, spell) -> {
            spell.awaitEnd(delay);
            reply.sendHonestly();
        });
    }

    static Misbehaviour hang() {
        return new Misbehaviour("hang", (reply, spell) -> {
            spell.awaitEnd();
            reply.sendHonestly();
        });
    }

    static Misbehaviour dropConnection() {
        return new Misbehaviour("drop connection", (reply, spell) -> reply.drop());
    }

    static Misbehaviour drip(Duration perByte) {
        return new Misbehaviour("drip " + perByte, (reply, spell) -> drip(reply, spell, perByte));
    }

    static Misbehaviour oversize(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("Not a length: " + bytes);
        }
        return new Misbehaviour("oversize " + bytes, (reply, spell) -> oversize(reply, bytes));
    }

    static Misbehaviour endless() {
        return new Misbehaviour("endless", Misbehaviour::endless);
    }

    static Misbehaviour truncated() {
        return new Misbehaviour("truncated", (reply, spell) -> truncate(reply));
    }

    static Misbehaviour gzip() {
        return new Misbehaviour("gzip", (reply, spell) -> compress(reply));
    }

    @Override
    public String toString() {
        return name;
    }

    private static void drip(Reply reply, Spell spell, Duration perByte) throws IOException, InterruptedException {
        byte[] body = reply.honestBody();
        try (OutputStream out = reply.beginHonestly(body.length)) {
            for (int i = 0; i < body.length && reply.wantsBody(); i++) {
                out.flush();
                spell.awaitEnd(perByte);
                out.write(body[i]);
            }
        }
    }

    private static void oversize(Reply reply, long bytes) throws IOException {
        byte[] body = reply.honestBody();
        try (OutputStream out = reply.beginHonestly(Math.max(bytes, body.length))) {
            out.write(body);
            for (long left = bytes - body.length; left > 0 && reply.wantsBody(); left -= BLOCK) {
                out.write(spaces((int) Math.min(left, BLOCK)));
            }
        }
    }

    private static void endless(Reply reply, Spell spell) throws IOException {
        try (OutputStream out = reply.beginHonestly(Reply.LENGTH_UNKNOWN)) {
            out.write(reply.honestBody());
            while (reply.wantsBody() && !spell.hasEnded()) {
                out.write(spaces(BLOCK));
            }
        }
    }

    private static void truncate(Reply reply) throws IOException {
        byte[] body = reply.honestBody();
        OutputStream out = reply.beginHonestly(body.length);
        out.write(body, 0, body.length / 2);
        out.flush();
        reply.drop();
    }

    private static void compress(Reply reply) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(reply.honestBody());
        }
        reply.header("Content-Encoding", "gzip");
        reply.sendHonestly(compressed.toByteArray());
    }

    private static byte[] spaces(int count) {
        byte[] spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }
}
