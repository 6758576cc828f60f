// Questions of place and a barcode: typed, on the map, with the receiver and several codes.
#include "assets/assets.h"
#include "tests/app/screens/samples.h"

namespace bordereau::test {

using namespace app;

namespace {

// Read once: it does not change, and every gallery shows it.
std::shared_ptr<const widgets::MapLines> world() {
    static const auto lines = std::make_shared<const widgets::MapLines>(
        *widgets::read_map_lines(assets::find("map/world.lines").value_or("")));
    return lines;
}

QuestionView place_question(const char* key, Control control, std::string label,
                            std::string value) {
    QuestionView question{.key = key};
    question.label = std::move(label);
    question.control = control;
    question.value = std::move(value);
    return question;
}

}  // namespace

FillView Samples::fill_places() const {
    FillView view = fill();
    const auto lines = world();
    const auto seen = [&](ReceiverView receiver) {
        return std::make_shared<const PositionView>(
            PositionView{lines,
                         {{0.5, 35.2, 0, widgets::MapMark::Kind::other},
                          {-2.5, 40.1, 0, widgets::MapMark::Kind::other}},
                         std::move(receiver)});
    };
    QuestionView gate = place_question("g1", Control::geopoint,
                                       in("Location of the unit", "موقع الوحدة", "单位位置"),
                                       "-1.2864 36.8172 0 0");
    gate.place = seen({});
    QuestionView road = place_question("g2", Control::geotrace,
                                       in("The way of the patrol", "طريق الدورية", "巡逻路线"),
                                       "-1.3 36.8 0 0; -1.9 37.4 0 0; -2.5 37.2 0 0; -3.1 38 0 0");
    road.place = seen({});
    QuestionView camp = place_question(
        "g3", Control::geopoint, in("Where people wait", "حيث ينتظر الناس", "人们等候处"), "");
    camp.place = seen({.asking = true,
                       .text = "\xC2\xB1 12 m",
                       .at = widgets::MapMark{-4.05, 39.66, 12, widgets::MapMark::Kind::receiver}});
    QuestionView wrong = place_question(
        "g4", Control::geopoint, in("The next post", "المركز التالي", "下一站"), "near the market");
    wrong.place = seen({});
    view.questions = {gate, road, camp, wrong};
    return view;
}

FillView Samples::fill_code() const {
    FillView view = fill();
    QuestionView seal =
        place_question("c1", Control::barcode, in("Seal", "الختم", "封条"), "SEAL-0042");
    QuestionView several =
        place_question("c2", Control::barcode, in("Container", "الحاوية", "集装箱"), "");
    several.code =
        std::make_shared<const BarcodeView>(BarcodeView{.found = {"MSKU 1234565", "22G1"}});
    QuestionView reading =
        place_question("c3", Control::barcode, in("Pass", "تصريح", "通行证"), "");
    reading.code = std::make_shared<const BarcodeView>(BarcodeView{.reading = true});
    reading.camera = true;
    view.questions = {seal, several, reading};
    return view;
}

}  // namespace bordereau::test
