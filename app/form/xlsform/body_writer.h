// app/form/xlsform/body_writer.h - the body of the XForm: controls in groups and repeats.
#pragma once

#include "app/form/xlsform/form_source.h"
#include "app/form/xlsform/xml_writer.h"

namespace bordereau::form::xlsform {

void write_body(XmlWriter& xml, const FormSource& form);

/// True when the question has a control: it can be answered, or at least be seen.
bool is_shown(const Element& question);

}  // namespace bordereau::form::xlsform
