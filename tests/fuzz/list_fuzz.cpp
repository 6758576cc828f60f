// Any bytes as a list beside a form: "{" begins GeoJSON, "<" XML, anything else CSV. The form
// shows it as choices, filtered and looked up.
#include <cstddef>
#include <cstdint>

#include "storage/base/check.h"
#include "tests/fuzz/filling.h"

namespace {

using namespace bordereau;
using namespace bordereau::form;

std::string form_over(std::string_view file) {
    return R"form(<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><model><instance><data id="l"><k/><a/><b/><c/></data></instance>
<instance id="l" src="jr://file/)form" +
           std::string{file} + R"form("/>
<bind nodeset="/data/c" calculate="concat(count(instance('l')/root/item), pulldata('l', 'label', 'name', /data/a))"/>
</model></h:head><h:body><input ref="/data/k"/>
<select1 ref="/data/a"><itemset nodeset="instance('l')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<select1 ref="/data/b"><itemset nodeset="instance('l')/root/item[k = /data/k and position() &lt; 9]"><value ref="id"/><label ref="title"/></itemset></select1>
</h:body></h:html>)form";
}

std::string_view file_for(std::string_view bytes) {
    if (bytes.starts_with('{')) return "l.geojson";
    return bytes.starts_with('<') ? "l.xml" : "l.csv";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto beside = [bytes](std::string_view) {
        return Result<std::string>{std::string{bytes}};
    };
    const LoadedForm loaded = load_xform(form_over(file_for(bytes)), beside);
    if (!loaded.form) return 0;
    Session session = Session::start(loaded.form, fuzz::environment());
    fuzz::fill(session);
    fuzz::check_round_trip(session);
    return 0;
}
