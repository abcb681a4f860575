package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has run out of file descriptors. */
class KeyDescriptorsTest {
    @Test
    void servesOnWithoutFileDescriptorsAndRecoversByItself(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "limits are set by the shell");
        Path output = folder.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process starved = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n 256 && exec \"$0\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \"$1\" \"$2\"",
                        java,
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StarvedProcess.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(starved.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(starved.exitValue()).as(Files.readString(output)).isZero();
    }
}
