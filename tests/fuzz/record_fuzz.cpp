// Any bytes as a record of a form: taken up, filled further, written out. What was written is read
// and written again, and must then stay the same.
#include <cstddef>
#include <cstdint>

#include "storage/base/check.h"
#include "tests/fuzz/filling.h"

namespace {

using namespace bordereau;
using namespace bordereau::form;

constexpr std::string_view kForm = R"form(<h:html xmlns="http://www.w3.org/2002/xforms"
 xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"
 xmlns:orx="http://openrosa.org/xforms"><h:head><model><instance>
<data id="r" xmlns:my="urn:my"><a my:b="1"/><n>1</n><s/><when/>
<rep jr:template=""><x/><in jr:template=""><y/></in></rep><cnt><z/></cnt><g><only/></g><sum/>
<orx:meta><orx:instanceID/><orx:instanceName/></orx:meta></data></instance>
<instance id="l"><root><item><name>p</name><label>P</label></item><item><name>q</name><label>Q</label></item></root></instance>
<bind nodeset="/data/n" type="int" constraint=". &lt; 9"/>
<bind nodeset="/data/when" type="dateTime"/><bind nodeset="/data/rep/x" type="decimal"/>
<bind nodeset="/data/g" relevant="/data/n &gt; 1"/>
<bind nodeset="/data/sum" calculate="sum(/data/rep/x) + count(/data/rep/in/y)"/>
<bind nodeset="/data/orx:meta/orx:instanceID" jr:preload="uid"/>
<bind nodeset="/data/orx:meta/orx:instanceName" calculate="concat(/data/a, '-', /data/sum)"/>
</model></h:head><h:body><input ref="/data/a"><label>A</label></input><input ref="/data/n"/>
<select ref="/data/s"><itemset nodeset="instance('l')/root/item"><value ref="name"/><label ref="label"/></itemset></select>
<input ref="/data/when"/>
<group ref="/data/rep"><repeat nodeset="/data/rep"><input ref="/data/rep/x"/>
<repeat nodeset="/data/rep/in"><input ref="/data/rep/in/y"/></repeat></repeat></group>
<group ref="/data/cnt"><repeat nodeset="/data/cnt" jr:count="/data/n"><input ref="/data/cnt/z"/></repeat></group>
<input ref="/data/g/only"/></h:body></h:html>)form";

std::shared_ptr<const Form> the_form() {
    const LoadedForm loaded = load_xform(kForm, {});
    check(loaded.form != nullptr, "the target's own form has errors");
    return loaded.form;
}

std::string written_again(const std::shared_ptr<const Form>& form, const std::string& record) {
    const auto session = Session::load_instance(form, record, fuzz::environment());
    check(session.ok(), "a record of our own cannot be read");
    return session->submission_xml();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto form = the_form();
    const std::string_view xml{reinterpret_cast<const char*>(data), size};
    auto session = Session::load_instance(form, xml, fuzz::environment());
    if (!session) return 0;
    const std::string once = written_again(form, session->submission_xml());
    check(written_again(form, once) == once, "a record changes when it is read and written");
    fuzz::fill(*session);
    written_again(form, session->submission_xml());
    return 0;
}
