package io.tokenguard.internal.status;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses ZLIB data (RFC 1950) up to a limit, whatever length it claims. */
final class BoundedInflation {
    private static final int STEP = 8_192;

    private BoundedInflation() {}

    static byte[] inflate(byte[] compressed, int largest) throws RefusedException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            return inflate(inflater, largest);
        } catch (DataFormatException malformed) {
            throw refused("lst is not compressed");
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(Inflater inflater, int largest) throws DataFormatException, RefusedException {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        byte[] step = new byte[STEP];
        while (!inflater.finished()) {
            int count = inflater.inflate(step);
            if (count == 0 && !inflater.finished()) {
                throw refused("lst is incomplete");
            }
            if (count > largest - inflated.size()) {
                throw refused("lst is larger than the limit");
            }
            inflated.write(step, 0, count);
        }
        if (inflater.getRemaining() > 0) {
            throw refused("lst has data after its end");
        }
        return inflated.toByteArray();
    }

    private static RefusedException refused(String rule) {
        return new RefusedException(RefusalReason.CLAIMS_MALFORMED, rule);
    }
}
