package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;

class InheritedRequirementTest {
    static class Open {
        @PermitAll
        public String list() {
            return "";
        }
    }

    @RolesAllowed("admin")
    static class Restricted extends Open {
        @Override
        public String list() {
            return "all";
        }
    }

    static class Inheriting extends Open {
        @Override
        public String list() {
            return "all";
        }
    }

    @Test
    void aRestrictedClassIsNotOpenedByAMethodThatItOverrides() throws NoSuchMethodException {
        assertThat(AnnotatedRequirements.of(Restricted.class, Restricted.class.getMethod("list")))
                .hasValue(AccessRequirement.role("admin"));
    }

    @Test
    void aClassWithoutRequirementsIsAsOpenAsTheMethodThatItOverrides() throws NoSuchMethodException {
        assertThat(AnnotatedRequirements.of(Inheriting.class, Inheriting.class.getMethod("list")))
                .hasValue(AccessRequirement.open());
    }
}
