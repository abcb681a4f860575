package io.tokenguard.testkit;

import java.util.Map;

/** What an endpoint answers when nothing is wrong. */
record HonestAnswer(Map<String, String> headers, String body) {
    static final HonestAnswer NONE = new HonestAnswer(Map.of(), "");
}
