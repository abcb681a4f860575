package io.tokenguard.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about refusals has the table of the code. */
@Tag("sources")
class TroubleshootingTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    @Test
    void thePageHasEachReasonBelowTheAnswerThatCallersGet() throws IOException {
        assertThat(Files.readString(PAGE)).contains(sections());
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void everyReasonHasARemedy(RefusalReason reason) {
        assertThat(RefusalGuide.of(reason).remedy()).endsWith(".");
        assertThat(RefusalGuide.of(reason).found()).isNotEmpty();
        assertThat(RefusalGuide.of(reason).expected()).isNotEmpty();
    }

    /** As they stand in the page. */
    static String sections() {
        return Stream.of(RefusalReason.values())
                .collect(
                        Collectors.groupingBy(TroubleshootingTest::answer, java.util.TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> "### " + entry.getKey() + "\n\n| Reason | Found | Expected | What to do | Settings |\n"
                        + "|---|---|---|---|---|\n"
                        + entry.getValue().stream()
                                .map(TroubleshootingTest::row)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String answer(RefusalReason reason) {
        String error = reason.error().code();
        return reason.status() + (error.isEmpty() ? "" : " `" + error + "`");
    }

    private static String row(RefusalReason reason) {
        RefusalGuide guide = RefusalGuide.of(reason);
        String settings = guide.settings().stream()
                .map(key -> "`" + key.substring("tokenguard.".length()) + "`")
                .collect(Collectors.joining(", "));
        return "| `" + reason + "` | " + guide.found() + " | " + guide.expected() + " | " + guide.remedy() + " | "
                + settings + " |\n";
    }
}
