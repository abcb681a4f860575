package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §4.3, and the sections of RFC 3986 that it names. */
class TargetUriTest {
    private static final TargetUri PLAIN =
            TargetUri.parse("https://api.example/a~b").orElseThrow();

    /** RFC 3986 §6.2.2: case, escapes, dot segments. */
    @Nested
    class Section622 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTPS://api.example/a~b",
                    "https://API.Example/a~b",
                    "https://api.example/a%7eb",
                    "https://api.example/%61%7E%62",
                    "https://api.example/./a~b",
                    "https://api.example/x/../a~b",
                    "https://api.example/x/%2e%2E/a~b",
                    "https://api.example/../../a~b"
                })
        void makesEquivalentAddressesEqual(String text) {
            assertThat(TargetUri.parse(text)).contains(PLAIN);
        }

        @ParameterizedTest
        @CsvSource({
            "/%2f,/%2F",
            "/%2F,/%2F",
            "/a%c3%a9,/a%C3%A9",
            "/.,/",
            "/..,/",
            "/a/..,/",
            "/a/.,/a/",
            "/a//b,/a//b",
            "/a/b/../c,/a/c",
            "/...,/...",
            "'',/",
            "/,/"
        })
        void bringsPathsIntoOneForm(String path, String normal) {
            assertThat(TargetUri.of("https", "a", path).orElseThrow().path()).isEqualTo(normal);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://api.example/A~b",
                    "https://api.example/a~b/",
                    "https://api.example//a~b",
                    "https://api.example/a%257eb",
                    "https://api.example/a~b;x",
                    "http://api.example/a~b",
                    "https://api.example:444/a~b",
                    "https://api.example./a~b",
                    "https://api.example.evil/a~b"
                })
        void keepsDifferentAddressesApart(String text) {
            assertThat(TargetUri.parse(text)).isPresent().get().isNotEqualTo(PLAIN);
        }
    }

    /** RFC 3986 §6.2.3: ports and empty paths. */
    @Nested
    class Section623 {
        @Test
        void leavesOutThePortThatTheSchemeHasAnyway() {
            assertThat(TargetUri.parse("https://api.example:443/a~b")).contains(PLAIN);
            assertThat(TargetUri.parse("https://api.example:/a~b")).contains(PLAIN);
            assertThat(TargetUri.parse("http://a:80")).isEqualTo(TargetUri.parse("http://a/"));
            assertThat(TargetUri.parse("http://a:443")).isNotEqualTo(TargetUri.parse("http://a/"));
            assertThat(TargetUri.parse("https://a:80")).isNotEqualTo(TargetUri.parse("https://a/"));
        }

        @Test
        void takesAnEmptyPathForASlash() {
            assertThat(TargetUri.parse("https://[2001:DB8::1]:8443"))
                    .contains(new TargetUri("https", "[2001:db8::1]:8443", "/"));
        }
    }

    /** RFC 9449 §4.3 step 9: without query and fragment. */
    @ParameterizedTest
    @ValueSource(strings = {"?", "?a=1", "#", "#x", "?a#b", "#a?b", "?https://evil.example/"})
    void cutsQueryAndFragment(String rest) {
        assertThat(TargetUri.parse("https://api.example/a~b" + rest)).contains(PLAIN);
        assertThat(TargetUri.parse("https://a" + rest)).isEqualTo(TargetUri.parse("https://a/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "api.example/a",
                "ftp://api.example/a",
                "https:/a",
                "https:///a",
                "https://",
                "https://?a",
                "https://user@api.example/a",
                "https://user:pw@api.example/a",
                "https://api.example:x/",
                "https://api.example:0/",
                "https://api.example:65536/",
                "https://api.example:443443/",
                "https://[::1/",
                "https://[]/",
                "https://[::1]x/",
                "https://[::1%25eth0]/",
                "https://a b/",
                "https://a/ ",
                "https://a/%",
                "https://a/%4",
                "https://a/%zz",
                "https://a/\u00E9",
                "https://a/\"",
                "https://a\\b/",
                "https://\u00E4.example/",
                "https://a/%\uFF11\uFF11",
                " https://a/",
                "\uFF48ttps://a/"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThat(TargetUri.parse(text)).isEmpty();
    }

    @Test
    void takesNoAddressBeyondItsLimit() {
        String most = "https://a/" + "x".repeat(8_192 - 10);
        assertThat(TargetUri.parse(most)).isPresent();
        assertThat(TargetUri.parse(most + "x")).isEmpty();
    }

    @Test
    void showsNoPath() {
        assertThat(PLAIN).hasToString("https://api.example");
    }
}
