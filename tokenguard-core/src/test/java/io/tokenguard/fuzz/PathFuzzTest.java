package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.RefusalReason;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.List;

/**
 * Any written path, without a token: the first line of the input is the path, the second, if there is one, the method. The
 * JDK's reader of addresses says where it leads.
 */
class PathFuzzTest {
    private static final FuzzedGuard GUARD = FuzzedGuard.strict();

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "/public/",
        "/admin",
        "/../",
        "/./",
        "//",
        "%2e",
        "%2f",
        "%5c",
        "%3b",
        "%25",
        "%00",
        "%c3%a9",
        "%e2%80%8b",
        ";a=b",
        "?",
        "#",
        "\\x5c",
        "http://",
        "\\x0aHEAD",
        "\\x0aTRACE"
    })
    void opensOnlyWhatEverybodyReadsAsOpen(byte[] input) throws URISyntaxException {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        String method = lines.length > 1 ? lines[1] : "GET";
        Decision decision = GUARD.decide(new IncomingRequest(
                method, decoded(lines[0]), lines[0], name -> List.of(), new Connection(true, "", "")));
        if (decision instanceof Decision.Refused refused) {
            boolean isAmbiguous = refused.refusal().reason() == RefusalReason.PATH_REJECTED;
            requireThat(isAmbiguous || method.equals("TRACE") || isClear(lines[0]), "an ambiguous path was served");
        } else {
            requireThat(isClear(lines[0]) && isPublic(decoded(lines[0])), "a path was opened that is not open");
        }
    }

    private static boolean isClear(String written) throws URISyntaxException {
        String encoded = withoutBareDelimiters(written);
        URI address = new URI(encoded);
        String path = address.getPath();
        return encoded.equals(address.getRawPath())
                && written.startsWith("/")
                && address.normalize().equals(address)
                && path.equals(decoded(path.replace("+", "%2B")))
                && path.chars().noneMatch(c -> c == ';' || c == '\\' || Character.isISOControl(c) || c == '\uFFFD');
    }

    /** These are not in the grammar of RFC 3986 §3.3, and nobody gives them a meaning: a guard may let them be. */
    private static String withoutBareDelimiters(String written) {
        StringBuilder encoded = new StringBuilder();
        written.chars().forEach(c -> {
            if ("\"<>[]^`{|}".indexOf(c) >= 0) {
                encoded.append('%').append(Integer.toHexString(c));
            } else {
                encoded.append((char) c);
            }
        });
        return encoded.toString();
    }

    private static boolean isPublic(String path) {
        return path.equals("/public") || path.startsWith("/public/");
    }

    /** As a container decodes a path; what it can't decode it leaves as it is. */
    private static String decoded(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException malformed) {
            return written;
        }
    }
}
