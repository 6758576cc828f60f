// What it costs to turn a spreadsheet into a form ready to fill, as a share of loading the XForm
// that comes of it. Prints a table; decides nothing.
#include <algorithm>
#include <cstdio>
#include <string>

#include "app/form/definition/form.h"
#include "app/form/xlsform/xlsform.h"
#include "tests/bench/timing.h"
#include "tests/support/long_survey.h"

namespace {

using namespace bordereau;

struct Cost {
    double convert = 0, load = 0;  // milliseconds, the least of several runs
};

Cost cost_of(int questions) {
    const auto markdown = test::long_survey(questions);
    Cost cost{1e9, 1e9};
    for (int run = 0; run < 5; ++run) {
        form::ConvertedForm converted;
        cost.convert = std::min(cost.convert, bench::once_ms([&] {
                                    converted = form::convert_xlsform(markdown, "long_survey.md");
                                }));
        cost.load = std::min(cost.load,
                             bench::once_ms([&] { (void)form::load_xform(converted.xform, {}); }));
    }
    std::printf("%5d questions in three languages  convert %8.2f ms, %.2f of loading (%.2f ms)\n",
                questions, cost.convert, cost.convert / cost.load, cost.load);
    return cost;
}

}  // namespace

int main() {
    const auto some = cost_of(500), many = cost_of(2500);
    std::printf("five times the questions: %.2f times the conversion (wanted: at most 6)\n",
                many.convert / some.convert);
    return 0;
}
