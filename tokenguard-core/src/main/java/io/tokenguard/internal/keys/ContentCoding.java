package io.tokenguard.internal.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The codings of a body that are read (RFC 9110 §8.4). None is asked for, but some servers compress all the same. */
enum ContentCoding {
    IDENTITY,
    GZIP,
    OTHER;

    static ContentCoding of(HttpHeaders headers) {
        List<String> stated = headers.allValues("Content-Encoding");
        if (stated.isEmpty()) {
            return IDENTITY;
        }
        return switch (stated.size() == 1 ? stated.get(0).strip().toLowerCase(Locale.ROOT) : "") {
            case "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            default -> OTHER;
        };
    }

    /**
     * Decodes a body.
     *
     * @param largest the greatest number of decoded bytes; no more are ever made
     */
    byte[] decode(byte[] body, int largest) throws FetchException {
        if (this != GZIP) {
            return body;
        }
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] decoded = plain.readNBytes(largest);
            if (decoded.length == largest && plain.read() >= 0) {
                throw FetchException.tooLarge();
            }
            return decoded;
        } catch (IOException malformed) {
            throw new FetchException("body is not the gzip that its Content-Encoding states");
        }
    }
}
