package io.tokenguard.internal.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.Base64Url;
import io.tokenguard.internal.jose.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Token Status List §4.1 and its vectors (appendix C), bit by bit. */
class StatusListTest {
    private static final List<Integer> INDEXES =
            List.of(0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345);
    private static final String ONE_BIT =
            "eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQAAAAAAAAAAAAAAAAAAAIBylgQAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXG9IAAAAAAAAAPwsJAAAAAAAAAAAAAAA"
                    + "vhsSAAAAAAAAAAAA7KpLAAAAAAAAAAAAAAAAAAAAAJsLCQAAAAAAAAAAADjelAAAAAAAAAAAKjDMAQAA"
                    + "AACAZC8L2AEb";
    private static final String TWO_BITS =
            "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAEB5WwIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAID0ugQAAAAAAAAAAAAAAAAAQG12SgAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAOCSIQEAAAAAAAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAwJEuAQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoA"
                    + "AAAAAAAAAAAAAEBqH81gAQw";

    private static StatusList list(int bits, String compressed) throws RefusedException, MalformedException {
        byte[] bytes = Base64Url.decode(compressed, 0, compressed.length());
        return new StatusList(bits, BoundedInflation.inflate(bytes, 1 << 20));
    }

    private static List<Integer> first(int count, StatusList list) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(list.at(i).getAsInt());
        }
        return statuses;
    }

    @Test
    void readsTheExampleOfOneBit() throws Exception {
        StatusList list = list(1, "eNrbuRgAAhcBXQ");
        assertThat(first(16, list)).containsExactly(1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1);
        assertThat(list.at(16)).isEmpty();
    }

    @Test
    void readsTheExampleOfTwoBits() throws Exception {
        StatusList list = list(2, "eNo76fITAAPfAgc");
        assertThat(first(12, list)).containsExactly(1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3);
        assertThat(list.at(12)).isEmpty();
    }

    @Test
    void readsFourBitsFromTheLowHalfOn() {
        StatusList list = new StatusList(4, new byte[] {(byte) 0xB9, (byte) 0x2F});
        assertThat(first(4, list)).containsExactly(9, 11, 15, 2);
        assertThat(list.at(4)).isEmpty();
    }

    @Test
    void readsEightBitsAsTheyAre() {
        StatusList list = new StatusList(8, new byte[] {0, (byte) 0xFF, 2});
        assertThat(first(3, list)).containsExactly(0, 255, 2);
        assertThat(list.at(3)).isEmpty();
        assertThat(list.at(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void readsTheVectorOfOneBit() throws Exception {
        StatusList list = list(1, ONE_BIT);
        for (int i = 0; i < 1 << 20; i++) {
            assertThat(list.at(i)).hasValue(INDEXES.contains(i) ? 1 : 0);
        }
        assertThat(list.at(1 << 20)).isEmpty();
    }

    @Test
    void readsTheVectorOfTwoBits() throws Exception {
        List<Integer> statuses = List.of(1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3);
        StatusList list = list(2, TWO_BITS);
        for (int i = 0; i < 1 << 20; i++) {
            int place = INDEXES.indexOf(i);
            assertThat(list.at(i)).hasValue(place < 0 ? 0 : statuses.get(place));
        }
        assertThat(list.at(1 << 20)).isEmpty();
    }

    private static byte[] bomb(int length) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(new byte[length]);
        deflater.finish();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        byte[] step = new byte[1024];
        while (!deflater.finished()) {
            compressed.write(step, 0, deflater.deflate(step));
        }
        deflater.end();
        return compressed.toByteArray();
    }

    @Test
    void inflatesUpToTheLimitAndNoFurther() throws Exception {
        assertThat(BoundedInflation.inflate(bomb(4096), 4096)).hasSize(4096);
        assertThat(refusal(bomb(4097), 4096)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(refusal(bomb(64 * 1024 * 1024), 4096)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 9})
    void refusesWhatIsCut(int length) {
        byte[] whole = bomb(1);
        assertThat(whole.length).isGreaterThan(length - 1);
        assertThat(refusal(java.util.Arrays.copyOf(whole, Math.min(length, whole.length - 1)), 4096))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void refusesWhatIsLongerThanItself() {
        byte[] whole = bomb(1);
        assertThat(refusal(java.util.Arrays.copyOf(whole, whole.length + 1), 4096))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void refusesWhatIsNotCompressed() {
        assertThat(refusal(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 4096)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    private static RefusalReason refusal(byte[] compressed, int largest) {
        return catchThrowableOfType(RefusedException.class, () -> BoundedInflation.inflate(compressed, largest))
                .reason();
    }
}
