// Pages work without this. With it: GOV.UK Frontend's behaviour, progress that arrives by itself, and registers and
// filters that save a click.
import { initAll } from './components.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// Long work: ask for the page again and put its progress in place, instead of reloading the whole page.
const progress = document.querySelector('[data-progress]')
if (progress) {
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = page.querySelector('[data-progress]')
      if (answer.redirected || !next) return location.replace(answer.redirected ? answer.url : location.href)
      progress.replaceChildren(...next.childNodes)
    } catch { /* the connection is gone for a moment: keep what is shown and try again */ }
    setTimeout(again, 1000)
  }
  setTimeout(again, 1000)
}

// Registers: one button sets the whole column; the form is still saved by its own button.
for (const button of document.querySelectorAll('[data-set-all]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    for (const radio of document.querySelectorAll(`input[type=radio][value="${button.dataset.setAll}"]`)) radio.checked = true
  })
}

// Filters with `data-now` apply as soon as they are chosen.
for (const field of document.querySelectorAll('form[data-now] select')) {
  field.addEventListener('change', () => field.form.requestSubmit())
}

// A kind of activity shows only its own fields and checklist; without script all are shown, each under its heading.
const kind = document.querySelector('[data-kinds]')
if (kind) {
  const show = () => {
    const chosen = kind.querySelector('input:checked, option:checked')?.value
    for (const part of document.querySelectorAll('[data-for-kind]')) {
      part.hidden = !part.dataset.forKind.split(' ').includes(chosen)
    }
  }
  kind.addEventListener('change', show)
  show()
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
