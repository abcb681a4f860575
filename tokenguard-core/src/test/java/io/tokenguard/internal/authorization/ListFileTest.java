package io.tokenguard.internal.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that loses all its entries denies nobody: it is taken for a mistake. */
class ListFileTest {
    @TempDir
    private Path folder;

    private ListFile list(String content, boolean areNetworks) throws IOException {
        return new ListFile("tokenguard.lists.l.file", write(content), areNetworks);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("l.txt"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# all gone\n", "\uFEFF", "  "})
    void keepsItsEntriesIfTheFileHasNoneLeft(String truncated) throws IOException {
        for (boolean areNetworks : new boolean[] {true, false}) {
            ListFile list = list("192.0.2.0/24\n", areNetworks);
            write(truncated);
            list.reload();
            assertThat(list.content().names()).isEqualTo(Set.of("192.0.2.0/24"));
            write("198.51.100.1");
            list.reload();
            assertThat(list.content().names()).isEqualTo(Set.of("198.51.100.1"));
        }
    }

    @Test
    void readsEntriesInQuotesAsRulesDo() throws IOException {
        String content = "\"old app\"\n  \"a # b\" # comment\n\"say \\\"hi\\\" \\\\\"\nplain # comment\n";
        assertThat(list(content, false).content().names())
                .isEqualTo(Set.of("old app", "a # b", "say \"hi\" \\", "plain"));
        assertThat(list("\"192.0.2.0/24\"\n", true).content().networks()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"old app", "\"old app\" x", "\"\"", "\"old\"app\"", "\"old app\\"})
    void refusesQuotesThatAreNoWholeEntry(String line) {
        assertThatThrownBy(() -> list("fine\n" + line + "\n", false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("in line 2")
                .hasMessageContaining("tokenguard.lists.l.file")
                .hasMessageNotContaining("old");
    }

    @Test
    void mayBeginEmptyAndStayEmpty() throws IOException {
        ListFile list = list("# none yet\n", false);
        write("# still none\n");
        list.reload();
        assertThat(list.content().names()).isEmpty();
        write("alice");
        list.reload();
        assertThat(list.content().names()).isEqualTo(Set.of("alice"));
    }
}
