package dev.weft.common.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.ProblemSource.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ListQueryTest {

    private static final ListQuery.Rules RULES =
            ListQuery.Rules.paged(50).filters("status").sorts("name").includes("members");

    private static ListQuery query(String text) {
        var request = new MockHttpServletRequest("GET", "/v2/flows");
        request.setQueryString(text);
        return ListQuery.of(request, RULES);
    }

    @Test
    void showsAPageThatEndsEarlyAsOneOfASmallerSizeWithoutAGap() {
        var seven = java.util.stream.Stream.generate(() -> Resource.of("flow", "1", null))
                .limit(7)
                .toList();

        var first = Document.page(seven, true, 120, query("page[size]=50"));
        assertThat(first.meta())
                .containsEntry("page", 1)
                .containsEntry("per_page", 7)
                .containsEntry("total_pages", 18L);
        assertThat(first.links()).containsEntry("next", "/v2/flows?page[number]=2&page[size]=7");

        // 100 items come before; 5 is the largest size up to 7 whose pages begin there too.
        var third = Document.page(seven, true, 120, query("page[size]=50&page[number]=3"));
        assertThat((java.util.List<?>) third.data()).hasSize(5);
        assertThat(third.meta()).containsEntry("page", 21).containsEntry("per_page", 5);
        assertThat(third.links())
                .containsEntry("prev", "/v2/flows?page[number]=20&page[size]=5")
                .containsEntry("next", "/v2/flows?page[number]=22&page[size]=5");
    }

    @Test
    void aWholeListThatIsTooLargeIsShownAsItsFirstPage() {
        var request = new MockHttpServletRequest("GET", "/v2/teams");
        var whole = ListQuery.of(request, ListQuery.Rules.whole());
        var many = java.util.stream.Stream.generate(() -> Resource.of("team", "1", null))
                .limit(150)
                .toList();

        assertThat(Document.list(many, false, 150, whole).meta()).isEmpty();
        assertThat(Document.list(java.util.List.of(), false, 0, whole).meta()).isEmpty();
        var cut = Document.list(many, true, 400, whole);
        assertThat((java.util.List<?>) cut.data()).hasSize(100);
        assertThat(cut.meta()).containsEntry("total", 400L).containsEntry("per_page", 100);
        assertThat(cut.links()).containsEntry("next", "/v2/teams?page[number]=2&page[size]=100");
        assertThat(Document.list(many, false, 20_000, whole).links()).containsKey("next");
    }

    @Test
    void readsBracketsRawOrPercentEncoded() {
        assertThat(query("page[size]=10&page%5Bnumber%5D=3").page()).isEqualTo(new ListQuery.Page(3, 10));
    }

    @Test
    void reducesAPageAboveOneHundred() {
        assertThat(query("page[size]=1000").page().size()).isEqualTo(100);
        assertThat(query("page[size]=99999999999").page().size()).isEqualTo(100);
    }

    @Test
    void splitsAFilterAtCommas() {
        assertThat(query("filter[status]=active,inactive").filter("status")).containsExactly("active", "inactive");
    }

    @Test
    void aValueThatAFilterNamesTwiceCountsOnce() {
        assertThat(query("filter[status]=active,active").filter("status")).containsExactly("active");
    }

    @ParameterizedTest
    @CsvSource({
        "page[size]=0, page[size]",
        "page[size]=1.5, page[size]",
        "page[number]=-1, page[number]",
        "page[number]=000, page[number]",
        "page[foo]=1, page[foo]",
        "filter[colour]=red, filter[colour]",
        "sort=-size, sort",
        "include=nothing, include"
    })
    void refusesWhatTheListDoesNotKnow(String text, String parameter) {
        assertThatThrownBy(() -> query(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().source())
                                .isEqualTo(new ProblemSource(Kind.PARAMETER, parameter)));
    }

    @Test
    void takesTheSameIncludeTwice() {
        assertThat(query("include=members,members").includes()).containsExactly("members");
    }

    @Test
    void skipsNoMoreThanDriversCanCount() {
        assertThat(query("page[number]=2147483647&page[size]=100").page().skip())
                .isEqualTo(1_000_000_000);
    }

    @Test
    void ignoresOtherUnknownParameters() {
        assertThat(query("colour=red").page()).isEqualTo(new ListQuery.Page(1, 50));
    }

    @Test
    void keepsOtherParametersInPageLinks() {
        var document = Document.page(java.util.List.of(), 120, query("workspace_id=w&page[size]=50&page[number]=2"));

        assertThat(document.links())
                .containsEntry("self", "/v2/flows")
                .containsEntry("prev", "/v2/flows?workspace_id=w&page[number]=1&page[size]=50")
                .containsEntry("next", "/v2/flows?workspace_id=w&page[number]=3&page[size]=50")
                .containsEntry("last", "/v2/flows?workspace_id=w&page[number]=3&page[size]=50");
        assertThat(document.meta()).containsEntry("total_pages", 3L);
    }

    @Test
    void anEmptyListHasNoPages() {
        assertThat(Document.page(java.util.List.of(), 0, query("")).meta()).containsEntry("total_pages", 0L);
    }
}
