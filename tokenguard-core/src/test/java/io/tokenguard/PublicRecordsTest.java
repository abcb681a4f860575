package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A record's constructor is API and cannot grow. Types with more values are final classes with a builder. */
@Tag("sources")
class PublicRecordsTest {
    private static final int MOST_COMPONENTS = 6;

    private static Stream<Class<?>> exportedRecords() {
        return new ClassFileImporter()
                .withImportOption(new ArchitectureTest.CoreOnly()).importPackages("io.tokenguard").stream()
                        .filter(type -> !type.getPackageName().startsWith("io.tokenguard.internal"))
                        .filter(JavaClass::isRecord)
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(PublicRecordsTest::isPublic);
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    @Test
    void haveAtMostSixComponents() {
        List<Class<?>> records = exportedRecords().toList();
        assertThat(records).hasSizeGreaterThan(20);
        assertThat(records)
                .filteredOn(type -> type.getRecordComponents().length > MOST_COMPONENTS)
                .isEmpty();
    }
}
