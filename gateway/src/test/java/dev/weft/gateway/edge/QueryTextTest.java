package dev.weft.gateway.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a=1&b", "search=a%20b+c", "q=%C3%A9%F0%9F%98%80", "filter[a]=%2B", "page%5Bsize%5D=1"})
    void takesText(String query) {
        assertThatCode(() -> QueryText.require(query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"search=a%00b", "search=%ff", "search=%zz", "a=%", "a=%4", "a=%ED%A0%80", "a=\u00e9", "%C3=1"})
    void refusesWhatNoServiceCanRead(String query) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryText.require(query));
    }
}
