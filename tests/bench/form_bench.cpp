// What the form engine costs: loading, answering, rows of repeats, long lists. Prints a table;
// decides nothing. The forms are made here.
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include "app/form/session/session.h"

namespace {

using namespace bordereau;
using namespace bordereau::form;

double milliseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    return taken.count();
}

std::string form_around(const std::string& instance, const std::string& model,
                        const std::string& body) {
    return R"(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml")"
           R"( xmlns:jr="http://openrosa.org/javarosa"><h:head><model><instance>)" +
           instance + "</instance>" + model + "</model></h:head><h:body>" + body +
           "</h:body></h:html>";
}

/// Each question is shown once the one before has an answer, and adds to a running total.
std::string chained_form(int questions) {
    std::string instance = "<data id=\"chained\">", model, body;
    for (int at = 1; at <= questions; ++at) {
        const auto number = std::to_string(at), before = std::to_string(at - 1);
        instance += "<q" + number + "/><t" + number + "/>";
        model += "<bind nodeset=\"/data/q" + number + "\" type=\"int\" constraint=\". &lt; 1000\"";
        if (at > 1) model += " relevant=\"/data/q" + before + " != ''\"";
        model += "/><bind nodeset=\"/data/t" + number + "\" calculate=\"/data/q" + number +
                 (at > 1 ? " + /data/q" + before : std::string{}) + "\"/>";
        body +=
            "<input ref=\"/data/q" + number + "\"><label>Question " + number + "</label></input>";
    }
    return form_around(instance + "</data>", model, body);
}

std::string repeat_form(int questions) {
    std::string instance = "<data id=\"rows\"><row jr:template=\"\">", model, body;
    for (int at = 1; at <= questions; ++at) {
        const auto number = std::to_string(at);
        instance += "<q" + number + "/>";
        model += "<bind nodeset=\"/data/row/q" + number + "\" type=\"int\"";
        if (at > 1) model += " relevant=\"../q" + std::to_string(at - 1) + " != ''\"";
        model += "/>";
        body += "<input ref=\"/data/row/q" + number + "\"/>";
    }
    model += "<bind nodeset=\"/data/total\" calculate=\"count(/data/row)\"/>";
    return form_around(instance + "</row><total/></data>", model,
                       "<repeat nodeset=\"/data/row\">" + body + "</repeat>");
}

std::string list_form() {
    return form_around("<data id=\"list\"><region/><place/></data>",
                       "<instance id=\"places\" src=\"jr://file-csv/places.csv\"/>",
                       "<input ref=\"/data/region\"/><select1 ref=\"/data/place\"><itemset "
                       "nodeset=\"instance('places')/root/item[region = /data/region]\"><value "
                       "ref=\"name\"/><label ref=\"label\"/></itemset></select1>");
}

std::string places(int rows) {
    std::string csv = "name,label,region\n";
    for (int at = 0; at < rows; ++at) {
        const auto number = std::to_string(at);
        csv += "p" + number + ",Place " + number + ",r" + std::to_string(at % 500) + "\n";
    }
    return csv;
}

Environment environment() {
    Environment made;
    made.clock = fixed_clock(0);
    made.entropy = seeded_entropy(1);
    return made;
}

void bench_chained(int questions) {
    const auto xml = chained_form(questions);
    LoadedForm loaded;
    const auto load = milliseconds([&] { loaded = load_xform(xml, {}); });
    if (!loaded.form) return;
    auto session = Session::start(loaded.form, environment());
    const auto start = milliseconds([&] { session = Session::start(loaded.form, environment()); });
    const auto answer = milliseconds([&] {
        for (int at = 1; at <= questions; ++at)
            session.answer(session.find("/data/q" + std::to_string(at)), "5");
    });
    const auto check = milliseconds([&] { (void)session.problems(); });
    std::printf(
        "%5d chained questions   load %8.2f  start %8.2f  answer all %8.2f  problems %7.2f ms\n",
        questions, load, start, answer, check);
}

void bench_rows(int rows) {
    constexpr int kQuestions = 50;
    const auto loaded = load_xform(repeat_form(kQuestions), {});
    if (!loaded.form) return;
    auto session = Session::start(loaded.form, environment());
    const auto add = milliseconds([&] {
        for (int at = 0; at < rows; ++at) (void)session.add_repeat(session.find("/data/row"));
    });
    const auto row = "/data/row[" + std::to_string(rows) + "]/q";
    const auto answer = milliseconds([&] {
        for (int at = 1; at <= kQuestions; ++at)
            session.answer(session.find(row + std::to_string(at)), "5");
    });
    std::printf("%5d rows of 50          add one %8.4f  answer one %8.4f ms\n", rows, add / rows,
                answer / kQuestions);
}

void bench_list(int rows) {
    const auto csv = places(rows);
    const Resources files = [&csv](std::string_view) -> Result<std::string> { return csv; };
    LoadedForm loaded;
    const auto load = milliseconds([&] { loaded = load_xform(list_form(), files); });
    if (!loaded.form) return;
    auto session = Session::start(loaded.form, environment());
    const auto list = [&](const char* region) {
        return milliseconds([&] {
            session.answer(session.find("/data/region"), region);
            (void)session.choices(session.elements().back());
        });
    };
    const auto first = list("r1"), later = list("r2");
    std::printf("%5d rows of a list      load %8.2f  first filter %8.3f  next filter %8.3f ms\n",
                rows, load, first, later);
}

}  // namespace

int main() {
    for (const int questions : {1000, 5000}) bench_chained(questions);
    for (const int rows : {10, 100, 1000}) bench_rows(rows);
    bench_list(50000);
    return 0;
}
