package io.tokenguard.redis;

import io.lettuce.core.codec.RedisCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads and writes text. Longer text than TokenGuard writes is cut. */
final class ShortTextCodec implements RedisCodec<String, String> {
    private static final int LONGEST = 512;

    @Override
    public String decodeKey(ByteBuffer bytes) {
        ByteBuffer head = bytes.slice();
        head.limit(Math.min(LONGEST, head.limit()));
        return StandardCharsets.UTF_8.decode(head).toString();
    }

    @Override
    public String decodeValue(ByteBuffer bytes) {
        return decodeKey(bytes);
    }

    @Override
    public ByteBuffer encodeKey(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    @Override
    public ByteBuffer encodeValue(String text) {
        return encodeKey(text);
    }
}
